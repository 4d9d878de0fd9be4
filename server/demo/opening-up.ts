import { addDays } from '@tiaoli/kernel/instants'
import { typeOf } from '../rooms/catalogue/index.ts'
import { type BodyKey, bodyKeysUnder } from './organisations.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

/** Opening as the city orders it: lists and plans, what people ask for, what they made, and looking again at conditions. */
export function openingUp(scene: Scene): Step[] {
  const rules = scene.house.rulebook.rooms.opening
  return [
    ...(rules?.lists ?? []).flatMap((list, index) => publishing(scene, list, index)),
    ...(rules?.demands === undefined ? [] : demanding(scene)),
    ...(rules?.results === undefined ? [] : makingResults(scene, rules.results.kinds[0]!.key)),
    ...(rules?.reassessment === undefined ? [] : reassessing(scene)),
  ]
}

type ListRules = NonNullable<NonNullable<Scene['house']['rulebook']['rooms']['opening']>['lists']>[number]

/** Every body that may publishes its list; what is planned is planned for the coming months. */
function publishing({ house, members, past, entries }: Scene, list: ListRules, index: number): Step[] {
  const { rulebook, opening } = house
  const free = rulebook.catalogue.openingTypes.find(({ effect }) => effect === 'free')!.key
  const owners = bodyKeysUnder(rulebook).filter((key) => opening.lists.mayPublish(members.of(key), list))
  return owners.slice(0, 6).map((owner: BodyKey, place) => ({
    at: past.workingDaysAgo(14 - index, `1${place}:05`),
    happen: async () => {
      const session = members.of(owner)
      const own = [...entries.values()].filter(({ providerId }) => providerId === owner)
      const published = (await house.catalogue.findAll(own.map(({ id }) => id))).filter(
        ({ published, content }) =>
          published && (typeOf(rulebook, 'opening', content.opening.type)?.effect ?? 'closed') !== 'closed',
      )
      if (published.length === 0 && list.scope === 'organisation') return
      await opening.lists.publish(session, {
        list: list.key,
        ...(list.yearly ? { year: Number(past.today.slice(0, 4)) } : {}),
        kind: list.yearly ? 'plan' : 'list',
        note: '示例清单',
        lines: published.map((entry, line) => ({
          entryId: entry.id,
          ...(list.yearly ? { plannedOn: addDays(past.today, 10 + 20 * line), plannedType: free } : {}),
        })),
        reasons: {},
      })
    },
  }))
}

const demands = [
  {
    title: '社区养老服务设施分布',
    detail: '想了解步行可达范围内的助餐点和日间照料中心。',
    organisation: 'civil-affairs',
  },
  {
    title: '公共充电桩位置和空闲情况',
    detail: '开发出行小程序需要，建议每小时更新。',
    organisation: 'transport',
  },
  { title: '历年中考录取分数线', detail: '家长择校参考。', organisation: 'education' },
] as const

function demanding({ house, members, past }: Scene): Step[] {
  const { demands: service } = house.opening
  return demands.map(({ title, detail, organisation }, index) => ({
    at: past.workingDaysAgo(11 - index, '14:20'),
    happen: async () => {
      const { id } = await service.file(members.named('citizen'), { title, detail, organisation })
      if (index < 2) await service.back(members.of('utilities'), id)
      if (index === 0)
        await service.answer(members.of(organisation), id, {
          kind: 'will-open',
          text: '正在核对设施坐标，计划下月开放（示例答复）。',
        })
    },
  }))
}

/** One result that is shown, and one that waits to be looked at. */
function makingResults({ house, members, past, entries }: Scene, kind: string): Step[] {
  const { results } = house.opening
  const register = async (title: string, summary: string, source: string) => {
    const entry = entries.get(source)!
    return results.register(members.named('citizen'), {
      title,
      kind,
      summary,
      naming: results.citation(entry).zh,
      entryIds: [entry.id],
    })
  }
  return [
    {
      at: past.workingDaysAgo(8, '11:00'),
      happen: async () => {
        const { id } = await register(
          '城市公园步行可达性图集（示例）',
          '以公园绿地位置计算各街道十五分钟步行范围。',
          '公园绿地',
        )
        await results.check(members.of('authority'), id, { show: true, reasons: '' })
      },
    },
    {
      at: past.workingDaysAgo(2, '11:00'),
      happen: async () =>
        void (await register(
          '空气质量小时播报（示例）',
          '每小时汇总各监测点的读数。',
          '空气质量监测小时数据',
        )),
    },
  ]
}

function reassessing({ house, members, past }: Scene): Step[] {
  return [
    {
      at: past.workingDaysAgo(13, '09:40'),
      happen: async () =>
        void (await house.opening.reassessment.set(members.of('authority'), {
          everyMonths: 3,
          instrument: '示例有条件开放数据评估办法第四条',
        })),
    },
  ]
}
