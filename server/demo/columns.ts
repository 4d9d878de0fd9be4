import type { EntryField } from '@tiaoli/contract/catalogue'
import { addDays, type CivilDate } from '@tiaoli/kernel/instants'
import type { CityOnDay, Division } from './city.ts'
import { creditCode, type Person, person } from './identifiers.ts'
import type { Random } from './random.ts'

/** A row while it is made. What several columns tell of one thing is drawn once: its place, its person, its enterprise. */
export type RowMaker = {
  readonly index: number
  readonly random: Random
  readonly city: CityOnDay
  readonly place: Division
  readonly person: Person
  /** Number of the enterprise, the same enterprise in every table. */
  readonly enterprise: number
}

type Value = string | number | null

/** A field of an entry together with how its values are made. */
export type Column = EntryField & { readonly value: (row: RowMaker) => Value }

type More = Partial<Omit<EntryField, 'name' | 'type'>>

const column =
  (type: EntryField['type'], value: Column['value'], usual: More = {}) =>
  (name: string, more: More = {}): Column => ({
    name,
    type,
    meaning: '',
    unit: '',
    sensitivity: 'public',
    key: false,
    required: false,
    ...usual,
    ...more,
    value,
  })

/** How many enterprises there are in the city. */
export const enterprises = 20_000

/** A row of a table that lists each enterprise once (`listsEnterprises`), or that mentions them as it comes. */
export function rowMaker(
  index: number,
  random: Random,
  city: CityOnDay,
  listsEnterprises: boolean,
): RowMaker {
  return {
    index,
    random,
    city,
    place: random.pick(city.districts),
    person: person(random, city.code),
    enterprise: listsEnterprises ? index : random.integer(0, enterprises - 1),
  }
}

/** A number for each row: `prefix` and six digits. */
export const serial = (name: string, prefix: string, more: More = {}): Column =>
  column('text', ({ index }) => `${prefix}${String(index + 1).padStart(6, '0')}`, { key: true })(name, more)

export const enterpriseCode = column(
  'credit-code',
  ({ city, enterprise }) => creditCode('91', city.code, enterprise),
  {
    meaning: '统一社会信用代码（GB 32100）',
  },
)

export const enterpriseName = column('text', ({ city, enterprise }) => nameOfEnterprise(city, enterprise))

const trades = [
  '科技',
  '商贸',
  '餐饮管理',
  '物流',
  '建筑工程',
  '电子',
  '食品',
  '文化传媒',
  '医药',
  '机械制造',
]

const nameOfEnterprise = (city: CityOnDay, number: number): string => {
  const district = city.districts[number % city.districts.length]!.name
  return `示例${district}${trades[number % trades.length]}${String(number + 1).padStart(5, '0')}有限公司`
}

export const bodyCode = (name: string, registeredBy: string, more: More = {}): Column =>
  column('credit-code', ({ city, index }) => creditCode(registeredBy, city.code, 30_000 + index), {
    meaning: '统一社会信用代码（GB 32100）',
  })(name, more)

export const personName = column('text', (row) => row.person.name, { sensitivity: 'personal' })
export const identityNumber = column('identity-number', (row) => row.person.identityNumber, {
  sensitivity: 'sensitive',
  meaning: '公民身份号码（GB 11643）',
})
export const phone = column('phone', (row) => row.person.phone, { sensitivity: 'personal' })
export const birthDate = column('date', (row) => row.person.bornOn, { sensitivity: 'personal' })
export const gender = column('text', (row) => row.person.gender, { sensitivity: 'personal' })
export const homeAddress = column(
  'text',
  ({ city, place, random }) =>
    `${city.name.zh}${place.name}示例路${random.integer(1, 300)}号${random.integer(1, 30)}室`,
  { sensitivity: 'personal' },
)
export const address = column(
  'text',
  ({ city, place, random }) => `${city.name.zh}${place.name}示例大道${random.integer(1, 900)}号`,
)

export const divisionCode = column('division-code', (row) => row.place.code, {
  meaning: '县级行政区划代码（GB/T 2260）',
})
export const divisionName = column('text', (row) => row.place.name)

/** About a tenth of a degree around the centre of the city, denser towards it. */
const near = (centre: number, random: Random): number =>
  Number((centre + (random.next() + random.next() - 1) * 0.16).toFixed(6))
export const longitude = column('longitude', ({ city, random }) => near(city.centre[0], random), {
  unit: '°',
})
export const latitude = column('latitude', ({ city, random }) => near(city.centre[1], random), { unit: '°' })

export const choice = (name: string, choices: readonly string[], more: More = {}): Column =>
  column('text', ({ random }) => random.pick(choices))(name, more)

/** A name for the thing of the row: `示例渝中区第12公园`. */
export const named = (name: string, kind: string, more: More = {}): Column =>
  column('text', ({ place, index }) => `示例${place.name}${kind}${index + 1}`)(name, more)

export const integer = (name: string, least: number, most: number, unit: string, more: More = {}): Column =>
  column('integer', ({ random }) => random.integer(least, most), { unit })(name, more)

export const decimal = (name: string, least: number, most: number, unit: string, more: More = {}): Column =>
  column('decimal', ({ random }) => Number((least + random.next() * (most - least)).toFixed(2)), { unit })(
    name,
    more,
  )

/** A day within so many days before the day of the data. */
export const recentDate = (name: string, withinDays: number, more: More = {}): Column =>
  column('date', ({ city, random }) => addDays(city.today, -random.integer(0, withinDays)))(name, more)

/** A day that is still to come, or has passed not long ago: when a permit ends. */
export const comingDate = (name: string, withinDays: number, more: More = {}): Column =>
  column('date', ({ city, random }) => addDays(city.today, random.integer(-90, withinDays)))(name, more)

/** Now and then there is no value: real tables have gaps. */
export const sparse = (of: Column, share = 0.08): Column => ({
  ...of,
  value: (row) => (row.random.next() < share ? null : of.value(row)),
})

/** Rows are a series: `series` things, each measured once in every step of time. */
type Series = { readonly things: number }

const stepOf = ({ index }: RowMaker, { things }: Series): number => Math.floor(index / things)

export const seriesName = (name: string, kind: string, series: Series, more: More = {}): Column =>
  column('text', ({ index, city }) => {
    const thing = index % series.things
    return `${city.districts[thing % city.districts.length]!.name}示例${kind}${thing + 1}`
  })(name, { key: true, ...more })

/** Whole hours back from midnight of the day of the data. */
export const seriesHour = (name: string, series: Series, more: More = {}): Column =>
  column('instant', (row) => {
    const hours = stepOf(row, series) + 1
    const on = addDays(row.city.today, -Math.ceil(hours / 24))
    return `${on}T${String((24 - (hours % 24)) % 24).padStart(2, '0')}:00:00+08:00`
  })(name, { key: true, ...more })

export const seriesDay = (name: string, series: Series, more: More = {}): Column =>
  column('date', (row) => addDays(row.city.today, -stepOf(row, series) - 1))(name, { key: true, ...more })

/** First days of the months back from the day of the data. */
export const seriesMonth = (name: string, series: Series, more: More = {}): Column =>
  column('date', (row) => monthsBefore(row.city.today, stepOf(row, series) + 1))(name, { key: true, ...more })

/** A measure that swings over its steps and differs from thing to thing, so that a plot of it shows something. */
export const seriesMeasure = (
  name: string,
  [mean, swing, period]: readonly [mean: number, swing: number, periodSteps: number],
  unit: string,
  series: Series,
  more: More = {},
): Column =>
  column('decimal', (row) => {
    const wave = Math.sin((2 * Math.PI * stepOf(row, series)) / period + (row.index % series.things))
    const noise = (row.random.next() - 0.5) * 0.4
    return Number(Math.max(0, mean + swing * (wave + noise)).toFixed(1))
  })(name, { unit, ...more })

const monthsBefore = (on: CivilDate, months: number): CivilDate => {
  const [year, month] = on.split('-').map(Number)
  return new Date(Date.UTC(year!, month! - 1 - months, 1)).toISOString().slice(0, 10)
}

/** Real facts: the districts of the city, one for each row. */
export const districtFact = (
  name: string,
  type: EntryField['type'],
  part: keyof Division,
  more: More = {},
): Column =>
  column(type, ({ city, index }) => city.districts[index]?.[part] ?? null)(name, { required: true, ...more })
