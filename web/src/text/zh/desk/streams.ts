/** Words of streams of messages. */
export const streams = {
  streams: {
    title: '消息流接入（MQTT）',
    note: '平台订阅消息服务器上的主题，先逐条存妥再确认收到，攒成小批次自动入库。',
    none: '尚未登记',
    url: '消息服务器地址',
    urlHelp: '写作 mqtts://主机:端口；只有平台开放访问的内网网段可以用 mqtt:// 不加密连接。',
    topic: '主题',
    topicHelp: '可以用 + 和 # 通配，例如 water/+/level。',
    user: '登录账号',
    mapping: '信息项对应',
    mappingHelp:
      '消息为 JSON 对象。名称与信息项不同的，一行一个，写作 信息项=消息中的名称，逐级以点分隔；$topic 为主题，$receivedAt 为收到时间。',
    messages: '每满多少条入库一次',
    seconds: '至多等待多少秒',
    secondsHelp: '不满条数的，到时也入库。',
    heard: '已收消息',
    counts: (heard: number, malformed: number, waiting: number): string =>
      `共 ${heard} 条，其中不合格 ${malformed} 条；待入库 ${waiting} 条`,
    states: { connecting: '正在连接', listening: '接收中', failing: '中断' },
    create: '登记消息流',
  },
}
