import { planDraftSchema } from '@tiaoli/contract/collection'
import { basisUnder } from './bases.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

/** A plan that asks for nothing that others share, and one that does and can therefore not be registered. */
export function collecting({ house, members, past, entries }: Scene): Step[] {
  const { collection, rulebook } = house
  if (rulebook.rooms.collection === undefined) return []
  const plan = (fields: readonly { name: string; type: string; reason: string }[], title: string) =>
    planDraftSchema.parse({
      title,
      purpose: '养老服务机构备案和运营补贴发放（示例）',
      kind: '养老服务机构床位使用情况',
      subjectType: 'organisation',
      entryId: entries.get('养老服务机构信息')?.id ?? null,
      procedureBasis: basisUnder(rulebook, 'personal-information'),
      fields: fields.map((field) => ({ ...field, sensitivity: 'internal' })),
    })
  return [
    {
      at: past.workingDaysAgo(9, '10:40'),
      happen: async () => {
        const steward = members.of('civil-affairs')
        const code = { name: '统一社会信用代码', type: 'credit-code', reason: '识别养老服务机构' }
        const beds = { name: '当月入住人数', type: 'integer', reason: '核定当月运营补贴' }
        const representative = { name: '法定代表人', type: 'text', reason: '核对机构负责人' }
        await collection.plans.create(steward, plan([code, beds], '养老机构月度入住情况收集（示例）'))
        await collection.plans.create(steward, plan([code, representative], '养老机构负责人信息收集（示例）'))
      },
    },
  ]
}
