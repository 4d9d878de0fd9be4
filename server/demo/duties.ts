import { addDays } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { canBeBreached } from '../foundations/rulebook/index.ts'
import type { BodyKey } from './organisations.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

/** Plainly no regulation: the city's own rules on how its duties are kept. */
const instrument = text('示例职责台账管理办法第六条', 'Demo rules on the register of duties, article 6')

type Kept = {
  readonly owners: readonly BodyKey[]
  /** Days from today to the first date that the city wants met; before today where it has passed. */
  readonly dueInDays: number
  readonly everyMonths: number
  /** Owners that have filed something. */
  readonly filedBy: readonly BodyKey[]
}

/** One of each standing: passed for some, near, and on file. */
const kept: readonly Kept[] = [
  {
    owners: ['market', 'civil-affairs', 'health'],
    dueInDays: -9,
    everyMonths: 12,
    filedBy: ['market', 'health'],
  },
  { owners: ['market', 'transport'], dueInDays: 16, everyMonths: 6, filedBy: ['transport'] },
  { owners: ['civil-affairs'], dueInDays: 150, everyMonths: 12, filedBy: ['civil-affairs'] },
]

/** The authority names owners and dates for the first duties that the regulation orders; owners file what they have. */
export function keepingDuties({ house, members, past }: Scene): Step[] {
  const duties = house.rulebook.obligations.filter((each) => each.kind === 'duty' && canBeBreached(each))
  return kept.flatMap(({ owners, dueInDays, everyMonths, filedBy }, index) => {
    const duty = duties[index]
    if (duty === undefined) return []
    return [
      {
        at: past.workingDaysAgo(40, `09:${10 + index}`),
        happen: async () => {
          const authority = members.of('authority')
          await house.duties.assign(authority, duty.id, owners, '按职责分工')
          const firstDueOn = addDays(past.today, dueInDays)
          await house.duties.setTarget(authority, duty.id, { firstDueOn, everyMonths, instrument })
        },
      },
      ...filedBy.map((owner, place) => ({
        at: past.workingDaysAgo(20, `1${place}:${20 + index}`),
        happen: async () => {
          const session = members.of(owner)
          await house.duties.file(session, await house.duties.requireFiler(session, duty.id), {
            fileName: '履职情况说明.txt',
            note: '年度履职情况（示例）',
            bytes: Buffer.from(`${duty.title.zh}：履职情况说明（示例）\n`),
          })
        },
      })),
    ]
  })
}
