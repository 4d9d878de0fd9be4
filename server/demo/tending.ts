import type { BodyKey } from './organisations.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

/** Base databases with their sources, and aggregation held against what lies at the source. */
export function tending(scene: Scene): Step[] {
  const { rooms } = scene.house.rulebook
  return [
    ...(rooms.bases === undefined ? [] : buildingBases(scene, rooms.bases.by)),
    ...(rooms.tasks?.requirement === undefined ? [] : requiring(scene)),
    ...(rooms.tasks?.fullness === undefined ? [] : reporting(scene)),
    ...(scene.house.sectors.article === null ? [] : leadingSectors(scene)),
    ...(rooms.connections === undefined ? [] : registeringSystems(scene)),
  ]
}

/** Sources of bases: by the identifier of the base, the field that carries it. */
const sources: Readonly<Record<string, readonly { entry: string; field: string; lead?: BodyKey }[]>> = {
  'credit-code': [
    { entry: '企业登记信息', field: '统一社会信用代码', lead: 'market' },
    { entry: '社会组织登记信息', field: '统一社会信用代码' },
  ],
  'division-code': [{ entry: '行政区划代码', field: '行政区划代码', lead: 'civil-affairs' }],
  'identity-number': [{ entry: '人口基础信息核验', field: '公民身份号码', lead: 'police' }],
}

function buildingBases({ house, members, past, entries }: Scene, role: string): Step[] {
  const builder = house.identity.organisationsWithRole(role)[0]
  if (builder === undefined) return []
  const session = members.of(builder.id as BodyKey)
  return [
    {
      at: past.workingDaysAgo(18, '10:30'),
      happen: async () => {
        for (const base of await house.bases.list())
          for (const { entry: title, field, lead } of sources[base.identifier ?? ''] ?? []) {
            const entry = await house.catalogue.find(entries.get(title)!.id)
            if (!entry?.published || !entry.content.fields.some(({ name }) => name === field)) continue
            if (lead !== undefined) await house.bases.lead(session, base.key, lead)
            await house.bases.attach(session, base.key, entry.id, field)
          }
      },
    },
  ]
}

function requiring({ house, members, past, entries }: Scene): Step[] {
  return [
    {
      at: past.workingDaysAgo(17, '10:10'),
      happen: () =>
        house.tasks.require(members.of('authority'), entries.get('企业登记信息')!.id, 'daily', {
          issuer: '示例市人民政府办公厅',
          instrument: '示例数据汇聚工作方案',
          on: past.today,
        }),
    },
  ]
}

function reporting({ house, members, past, entries }: Scene): Step[] {
  return [
    {
      at: past.workingDaysAgo(1, '10:10'),
      happen: async () => {
        const entry = (await house.catalogue.find(entries.get('企业登记信息')!.id))!
        const changedAt = past.workingDaysAgo(1, '09:00')
        await house.tasks.report(members.of('market'), entry.id, (entry.live?.rows ?? 0) + 12, changedAt)
      },
    },
  ]
}

const sectorLeads: readonly (readonly [string, BodyKey])[] = [
  ['education', 'education'],
  ['transport', 'transport'],
  ['health', 'health'],
  ['environment', 'ecology'],
]

function leadingSectors({ house, members, past }: Scene): Step[] {
  return [
    {
      at: past.workingDaysAgo(19, '09:15'),
      happen: async () => {
        for (const [theme, lead] of sectorLeads)
          await house.sectors.setLead(members.of('authority'), theme, lead)
      },
    },
  ]
}

/** A system that is registered and not yet connected: the demo city has no network of its own to reach one in. */
function registeringSystems({ house, members, past }: Scene): Step[] {
  return [
    {
      at: past.workingDaysAgo(16, '15:30'),
      happen: async () =>
        void (await house.connections.register(members.of('market'), { name: '登记注册业务系统（示例）' })),
    },
  ]
}
