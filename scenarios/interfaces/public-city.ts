import { bringIn, closed, companyFile, conditional, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, type CityOptions, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

/** A name that stands in the rows of what is not open: wherever it appears, something has leaked. */
export const leaked = '不开放的企业'
/** A title as somebody might write it who means ill. */
export const evilTitle = '</script><script>alert("1")</script>&\' ]]>'

export type PublicCity = City & {
  /** Open: parking places with a key, coordinates and a phone number that is personal; 2,500 rows. */
  readonly parking: string
  /** Open: companies; its title is written to break out of whatever it stands in. */
  readonly evil: string
  /** Published, to be had on request only. */
  readonly onRequest: string
  /** Published, not opened at all. */
  readonly shut: string
  /** Not published. */
  readonly draft: string
}

export const parkingRows = 2_500

const parkingFields = [
  { name: '编号', type: 'text', meaning: '泊位编号', sensitivity: 'public', key: true, required: true },
  { name: '名称', type: 'text', meaning: '停车场名称', sensitivity: 'public' },
  { name: '泊位数', type: 'integer', meaning: '', unit: '个', sensitivity: 'public' },
  { name: '启用日期', type: 'date', meaning: '', sensitivity: 'public' },
  { name: '经度', type: 'longitude', meaning: '', sensitivity: 'public' },
  { name: '纬度', type: 'latitude', meaning: '', sensitivity: 'public' },
  { name: '联系电话', type: 'phone', meaning: '', sensitivity: 'personal' },
] as const

/** Row `n` lies at 106.4 + n/10,000 degrees east; the last has no place. */
function parkingFile(): string {
  const rows = Array.from({ length: parkingRows }, (_, n) => {
    const place =
      n === parkingRows - 1 ? ',' : `${(106.4 + n / 10_000).toFixed(4)},${(29.5 + n / 10_000).toFixed(4)}`
    return `P${String(n).padStart(5, '0')},示例停车场${n},${n % 300},2022-0${1 + (n % 9)}-15,${place},13900000${String(n % 1000).padStart(3, '0')}`
  })
  return ['编号,名称,泊位数,启用日期,经度,纬度,联系电话', ...rows, ''].join('\n')
}

const open = { sharing: unconditional, opening: unconditional, securityGrade: 'general-1' }

/** A city in which everything that an interface has to tell apart is published, or is not. */
export async function openPublicCity(options: CityOptions = {}): Promise<PublicCity> {
  const city = await openCity('chongqing', options)
  city.at('2023-03-01T02:00:00Z')
  const parking = await publishEntry(city, {
    ...open,
    title: '公共停车场信息',
    summary: '全市公共停车场的位置和泊位数。',
    theme: 'transport',
    keywords: ['停车', '交通'],
    fields: parkingFields,
  })
  await bringIn(city, parking, parkingFile(), '停车场.csv')
  const evil = await publishEntry(city, {
    ...open,
    title: evilTitle,
    summary: evilTitle,
    keywords: [evilTitle.slice(0, 40)],
  })
  await bringIn(city, evil, companyFile([1, 2].map(syntheticCreditCode)))
  const onRequest = await publishEntry(city, {
    title: '企业年报',
    sharing: conditional,
    opening: conditional,
    summary: '',
  })
  await bringIn(city, onRequest, companyFile([3].map(syntheticCreditCode)).replaceAll('示例企业', leaked))
  const shut = await publishEntry(
    city,
    { title: '企业处罚线索', opening: closed, theme: 'credit' },
    city.user,
  )
  const draft = await city.steward.post('/api/v1/entries', { title: '未发布的条目' })
  if (draft.status !== 201) throw new Error(draft.text)
  return Object.assign(city, { parking, evil, onRequest, shut, draft: draft.body.id })
}
