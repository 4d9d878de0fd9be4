/**
 * What every platform of public data starts from: terms of administrations that everyday dictionaries do not know,
 * names of one thing, and words that nearly every entry has. A city's own come on top, kept by its administrators.
 */
const split = (words: string): string[] => words.trim().split(/\s+/)

export const usualWords: readonly string[] = split(`
  公积金 住房公积金 不动产 不动产登记 低保 特困人员 参保 医保 社保 社保卡 居住证 户籍 常住人口 暂住人口 流动人口
  停车场 停车位 泊位 充电桩 充电站 加油站 公交站 公交线路 轨道交通 地铁站 站点 监测站 监测点 网约车 出租车 客运站 收费站
  法人 个体工商户 市场主体 营业执照 统一社会信用代码 信用代码 法定代表人 注册资本 经营范围 经营异常名录 失信被执行人
  行政许可 行政处罚 行政区划 行政村 区划代码 双公示 红黑名单 权责清单 办事指南 一网通办 政务服务 政务大厅 电子证照
  施工许可 施工图 竣工验收 规划许可 用地 出让 商品房 预售 预售许可 保障房 公租房 廉租房 经济适用房 房产 物业 物业服务 老旧小区
  空气质量 水质 断面 饮用水 水源地 排污 排污许可 排污口 污水处理 噪声 危险废物 固体废物 环评 环境影响评价 碳排放
  医疗机构 定点 药店 药品 医师 护士 床位 疫苗 预防接种 传染病 门诊 急救 献血
  中小学 幼儿园 学区 招生 学籍 高校 职业院校 教师资格 培训机构
  养老院 养老机构 养老服务 残疾人 残疾证 福利机构 殡葬 婚姻登记 结婚登记 退役军人 社会组织 慈善组织 志愿者 志愿服务
  景区 博物馆 图书馆 文化馆 体育场馆 非物质文化遗产 文物 文保单位 旅行社 酒店 民宿 公园 绿地 古树名木 公厕
  危险化学品 化学品 安全生产 应急避难 避难场所 消防 消火栓 特种设备 电梯 隐患 预警 气象 降水 地震 防汛
  耕地 农药 种子 农产品 合作社 家庭农场 畜禽 动物防疫 渔业 林地 水库 河长
  地区生产总值 生产总值 财政 预算 决算 税收 纳税 纳税人 欠税 价格指数 居民消费价格 规模以上 工业增加值 进出口 招标 中标 政府采购 公共资源
  道路 桥梁 隧道 路灯 井盖 供水 供电 供气 供热 燃气 垃圾 垃圾分类 违建 城管 公安 派出所 交通违法 交通事故 驾驶证 机动车
  公证 律师 律师事务所 法律援助 人民调解 司法鉴定 仲裁 失业 失业保险 工伤 养老保险 医疗保险 生育保险 就业 创业 招聘 欠薪 劳动合同
  商标 专利 质押 知识产权 高新技术企业 科技型 孵化器 食品 餐饮 食品经营 抽检 不合格 召回 计量 检验 检测
`)

/** Groups of names of one thing: whoever asks by one of them finds what has another. */
export const usualSynonyms: readonly (readonly string[])[] = [
  ['企业', '公司', 'company', 'enterprise'],
  ['市场主体', '经营主体', 'market entity'],
  ['营业执照', '工商登记', 'business licence', 'business license'],
  ['登记', '注册', 'registration'],
  ['个体工商户', '个体户', 'self-employed'],
  ['法定代表人', '法人代表', 'legal representative'],
  ['统一社会信用代码', '信用代码', 'credit code'],
  ['许可', '许可证', 'permit', 'licence', 'license'],
  ['行政处罚', '处罚', 'penalty'],
  ['信用', 'credit'],
  ['失信被执行人', '老赖', '失信', 'defaulter'],
  ['停车场', '停车位', '泊位', '车位', 'parking'],
  ['充电桩', '充电站', '充电设施', 'charging'],
  ['公交', '公交车', '公共汽车', '巴士', 'bus'],
  ['轨道交通', '地铁', '轻轨', 'metro', 'subway'],
  ['出租车', '出租汽车', '的士', 'taxi'],
  ['道路', '公路', '马路', 'road'],
  ['桥梁', '大桥', 'bridge'],
  ['交通', 'traffic', 'transport'],
  ['空气', '大气', 'air'],
  ['空气质量', 'aqi', 'air quality'],
  ['水质', 'water quality'],
  ['噪声', '噪音', 'noise'],
  ['污水', '废水', 'sewage', 'wastewater'],
  ['垃圾', '废弃物', 'waste', 'garbage'],
  ['环境影响评价', '环评'],
  ['气象', '天气', 'weather'],
  ['降水', '降雨', '雨量', 'rainfall'],
  ['医院', '医疗机构', 'hospital'],
  ['医疗保险', '医保', 'medical insurance'],
  ['社会保险', '社保', 'social insurance'],
  ['药店', '药房', 'pharmacy'],
  ['医师', '医生', '大夫', 'doctor'],
  ['疫苗', '预防接种', 'vaccine', 'vaccination'],
  ['学校', '院校', 'school'],
  ['幼儿园', '托儿所', 'kindergarten'],
  ['学区', '招生范围', 'school district'],
  ['最低生活保障', '低保', 'subsistence allowance'],
  ['养老', '老年人', '敬老', 'elderly care'],
  ['养老机构', '养老院', '敬老院'],
  ['残疾人', '残障', 'disabled'],
  ['婚姻', '结婚', 'marriage'],
  ['户籍', '户口', 'household registration'],
  ['人口', '居民', 'population'],
  ['就业', '招聘', '岗位', 'employment', 'job'],
  ['住房', '房屋', 'housing'],
  ['不动产', '房产', 'real estate', 'property'],
  ['公租房', '廉租房', '公共租赁住房', '保障房'],
  ['住房公积金', '公积金', 'housing fund', 'provident fund'],
  ['商品房', '新房', '楼盘'],
  ['图书馆', 'library'],
  ['博物馆', 'museum'],
  ['景区', '景点', '旅游', 'tourism', 'scenic'],
  ['公园', '绿地', 'park'],
  ['体育场馆', '体育馆', '健身', 'sports'],
  ['公厕', '公共厕所', '厕所', '卫生间', 'toilet'],
  ['非物质文化遗产', '非遗', 'intangible heritage'],
  ['食品', 'food'],
  ['餐饮', '饭店', '餐馆', 'restaurant'],
  ['药品', '药物', 'medicine'],
  ['危险化学品', '危化品', 'hazardous chemicals'],
  ['安全生产', 'work safety'],
  ['应急避难', '避难场所', '避险', 'shelter'],
  ['消防', '火灾', 'fire'],
  ['电梯', 'elevator', 'lift'],
  ['地区生产总值', 'gdp'],
  ['财政', 'finance'],
  ['预算', 'budget'],
  ['税收', '纳税', '税务', 'tax'],
  ['居民消费价格', '物价', 'cpi'],
  ['政府采购', '采购', 'procurement'],
  ['招标', '招投标', '中标', 'tender', 'bidding'],
  ['农产品', '菜价', 'agricultural product'],
  ['耕地', '农田', 'farmland'],
  ['律师', 'lawyer'],
  ['专利', 'patent'],
  ['商标', 'trademark'],
  ['行政区划', '区划', 'administrative division'],
  ['机动车', '汽车', '车辆', 'vehicle'],
  ['老旧小区', '旧改', '小区改造'],
  ['供水', '自来水', 'water supply'],
  ['燃气', '天然气', '煤气', 'gas'],
]

/** Words that nearly every entry has: they tell little, and none need be there. */
export const genericWords: readonly string[] = split(`
  信息 数据 情况 资料 名单 名录 列表 目录 清单 统计 明细 记录 表 一览表 公示 公开 查询 数据集 有关 相关 全市 本市 我市 城市 各区 基本
  data dataset information info list statistics record city table
`)

/** Words that tell nothing of what is asked for. */
export const emptyWords: readonly string[] = split(`
  的 了 和 与 及 或 等 在 是 有 吗 呢 啊 我 想 要 请问 哪里 哪些 哪个 什么 怎么 如何 多少 为 对 于 可以 能 查 找 看 下载 关于
  the a an of in on for to and or is are what where how which about with by
`)
