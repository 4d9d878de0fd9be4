import { addDays } from '@tiaoli/kernel/instants'
import { type BodyKey, bodyKeysUnder } from './organisations.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

const required = (key: 'summary' | 'theme' | 'updateCycle' | 'keywords', zh: string, en: string) => ({
  key,
  term: { zh, en },
  required: true,
  form: 'text' as const,
  codes: [],
  minLength: 0,
})

/** The first version came before any entry; the second asks for more, so that entries of long ago are behind it. */
const firstItems = [required('summary', '摘要', 'summary'), required('theme', '主题', 'theme')]
const secondItems = [
  ...firstItems,
  required('updateCycle', '更新周期', 'update cycle'),
  required('keywords', '关键词', 'keywords'),
]

/** The authority lays down how entries are compiled, publishes editions of the catalogues, and opens rounds. */
export function compiling(scene: Scene): Step[] {
  const rules = scene.house.rulebook.rooms.compilation
  return [
    ...(rules?.specification === undefined ? [] : specifications(scene)),
    ...(rules?.editions === undefined ? [] : editions(scene)),
    ...(rules?.rounds ?? []).map((kind, index) => round(scene, kind, index)),
  ]
}

function specifications({ house, members, past }: Scene): Step[] {
  const publish = (note: string, items: typeof firstItems) => async () =>
    void (await house.compilation.specifications.publish(members.of('authority'), {
      title: '目录编制规范（示例）',
      note,
      items,
      cosigners: ['market'],
    }))
  return [
    { at: past.workingDaysAgo(96, '09:30'), happen: publish('首版', firstItems) },
    { at: past.workingDaysAgo(30, '09:30'), happen: publish('增列更新周期和关键词', secondItems) },
  ]
}

function editions({ house, members, past }: Scene): Step[] {
  const { editions } = house.compilation
  const publishAll = (note: string) => async () => {
    for (const { key } of editions.catalogues)
      await editions.publish(members.of('authority'), key, { scope: 'city', note, publishWaiting: false })
  }
  return [
    { at: past.workingDaysAgo(76, '16:30'), happen: publishAll('首版') },
    { at: past.workingDaysAgo(12, '16:30'), happen: publishAll('季度更新') },
  ]
}

type RoundKind = NonNullable<Scene['house']['rulebook']['rooms']['compilation']>['rounds'][number]

/** A round that is under way; where sectors compile, with what their regulator proposes to be catalogued. */
function round({ house, members, past }: Scene, kind: RoundKind, index: number): Step {
  const { compilation, identity, rulebook } = house
  const isBound = (body: BodyKey) =>
    identity.organisation(body)?.roles.some((role) => kind.holders.includes(role)) === true
  return {
    at: past.workingDaysAgo(15, `09:${20 + index}`),
    happen: async () => {
      const bodies = bodyKeysUnder(rulebook).filter(isBound)
      const opened = await compilation.rounds.open(members.of('authority'), {
        kind: kind.key,
        title: `${kind.term.zh}（本年度，示例）`,
        sector: kind.bySector ? '水务燃气' : '',
        participants: [
          ...bodies.map((organisationId) => ({ organisationId, part: 'organisation' as const })),
          ...(kind.bySector ? [{ organisationId: 'planning', part: 'regulator' as const }] : []),
        ],
        target: { dueOn: addDays(past.today, 20), instrument: '示例目录编制工作方案第三条' },
      })
      const [provider] = bodies
      if (kind.bySector && provider !== undefined)
        await compilation.rounds.propose(members.of('planning'), opened.id, {
          title: '管网巡检记录（示例）',
          need: '城市地下管线规划需要核对管网现状。',
          providerId: provider,
        })
    },
  }
}
