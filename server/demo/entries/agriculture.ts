import * as column from '../columns.ts'
import { closed, type Definition, free, onRequest } from './definition.ts'

const provider = 'district-bureau'
const theme = 'agriculture'
const markets = { things: 10 }

export const agricultureEntries: readonly Definition[] = [
  {
    title: '农产品批发价格日报',
    summary: '主要农产品批发市场的每日成交均价。',
    provider,
    theme,
    keywords: ['菜价', '批发', '农产品'],
    updateCycle: 'daily',
    securityGrade: 'general-1',
    sharing: free,
    opening: free,
    columns: [
      column.seriesName('市场名称', '农产品市场', markets),
      column.seriesDay('日期', markets),
      column.seriesMeasure('大白菜均价', [1.8, 0.5, 30], '元每公斤', markets),
      column.seriesMeasure('猪肉均价', [24, 4, 60], '元每公斤', markets),
    ],
    data: { rows: 1_800 },
  },
  {
    title: '家庭农场名录',
    summary: '经认定的家庭农场的经营类别和规模。',
    provider,
    theme,
    keywords: ['家庭农场', '种植', '养殖'],
    updateCycle: 'yearly',
    securityGrade: 'general-2',
    sharing: free,
    opening: free,
    columns: [
      column.serial('名录编号', 'NC'),
      column.named('农场名称', '家庭农场'),
      column.personName('经营者姓名'),
      column.choice('经营类别', ['粮食', '蔬菜', '水果', '畜禽']),
      column.decimal('经营面积', 1, 60, '公顷'),
    ],
    data: { rows: 420 },
  },
  {
    title: '耕地地力保护补贴发放信息',
    summary: '耕地地力保护补贴的对象、面积和金额。',
    provider,
    theme,
    keywords: ['补贴', '耕地', '农户'],
    updateCycle: 'yearly',
    securityGrade: 'general-3',
    sharing: onRequest('用于补贴重复领取核查。', 'personal-information'),
    opening: closed('privacy'),
    columns: [
      column.serial('发放编号', 'BT'),
      column.personName('农户姓名'),
      column.identityNumber('身份证号'),
      column.decimal('补贴面积', 0.5, 20, '亩', { sensitivity: 'personal' }),
      column.decimal('补贴金额', 40, 2_400, '元', { sensitivity: 'sensitive' }),
    ],
  },
  {
    title: '动物诊疗许可信息',
    summary: '取得动物诊疗许可的机构。',
    provider,
    theme,
    keywords: ['宠物医院', '动物', '许可'],
    updateCycle: 'irregular',
    securityGrade: 'general-1',
    sharing: free,
    opening: free,
    columns: [column.serial('许可证号', 'DW'), column.enterpriseName('机构名称'), column.address('地址')],
    reached: 'submitted',
  },
]
