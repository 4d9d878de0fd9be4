import { entryDraftSchema } from '@tiaoli/contract/catalogue'
import type { Session } from '../foundations/identity/index.ts'
import { procedureOf, type Rulebook } from '../foundations/rulebook/index.ts'
import { cataloguingProcedure, type Entry } from '../rooms/catalogue/index.ts'
import { basisUnder } from './bases.ts'
import { contentOf } from './contents.ts'
import { type Access, type Definition, definitions } from './entries/index.ts'
import { shortestPath } from './paths.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

/** Working days ago on which the first entry was compiled, and how many are compiled in a day. */
const firstDay = 90
const entriesPerDay = 3

/** Each entry is compiled, and the next day goes as far through the cataloguing procedure as its definition says. */
export function cataloguing(scene: Scene): Step[] {
  const { house, members, past, entries } = scene
  return definitions.flatMap((definition, index) => {
    const day = firstDay - Math.floor(index / entriesPerDay)
    const minute = String(10 + (index % entriesPerDay) * 15)
    return [
      {
        at: past.workingDaysAgo(day, `10:${minute}`),
        happen: async () => {
          const steward = members.of(definition.provider)
          const draft = entryDraftSchema.parse({
            ...draftOf(house.rulebook, definition),
            businessItems: await businessOf(house, steward, definition),
          })
          entries.set(definition.title, await house.catalogue.create(steward, draft))
        },
      },
      {
        at: past.workingDaysAgo(day - 1, `15:${minute}`),
        happen: () => goOn(scene, definition, entries.get(definition.title)!),
      },
    ]
  })
}

async function goOn(
  { house, members, past }: Scene,
  { provider, reached = 'published', columns }: Definition,
  entry: Entry,
): Promise<void> {
  const { rulebook, catalogue } = house
  const procedure = procedureOf(rulebook, cataloguingProcedure)!
  const fields = columns.map((column) => column.name)
  // Where the city has no such stage, as nobody checks entries before they are published, this one stays a draft.
  const path = shortestPath(procedure, ({ to }) => to === reached) ?? []
  for (const act of path.slice(1)) {
    if (act.effect === 'publish') await check(house, members.of(provider), entry.id)
    const session = members.playing(procedure.roles[act.by[0]!]!, { provider: members.of(provider) })
    const content = contentOf(act, { rulebook, procedure, today: past.today, fields, texts: {} })
    await catalogue.act(session, entry.id, act.key, content, undefined)
  }
}

/** The checks that the city asks for before an entry is opened, made by its provider. */
async function check({ publication }: Scene['house'], provider: Session, entryId: string): Promise<void> {
  for (const { key } of (await publication.checks(provider, entryId)).demanded)
    await publication.recordCheck(provider, entryId, { kind: key, passed: true, note: '' })
}

/** The business that the data answer to, where the city has every entry answer to some. */
async function businessOf(
  { compilation, rulebook }: Scene['house'],
  steward: Session,
  { title }: Definition,
): Promise<string[]> {
  if (rulebook.rooms.compilation?.business === undefined) return []
  const business = { name: `${title}管理`, kind: 'function' as const, basis: '本单位职责' }
  return [(await compilation.business.create(steward, business)).id]
}

/** On whom the data are, told by the identifier that they carry. */
function subjectOf({ columns }: Definition) {
  const types = columns.map(({ type }) => type)
  if (types.includes('identity-number')) return 'natural-person' as const
  if (types.includes('credit-code')) return 'organisation' as const
  return types.includes('division-code') ? ('geospatial' as const) : ('other' as const)
}

/** What the provider would write into the form, in the words of the rulebook. */
function draftOf(rulebook: Rulebook, definition: Definition) {
  const { title, summary, theme, keywords, updateCycle, securityGrade, columns } = definition
  const personal = columns.filter(
    ({ sensitivity }) => sensitivity === 'personal' || sensitivity === 'sensitive',
  )
  return {
    title,
    summary,
    theme,
    keywords,
    subjectType: subjectOf(definition),
    sourceClass: rulebook.rooms.compilation?.sources?.classes[0]?.key ?? null,
    updateCycle,
    securityGrade,
    fields: columns.map(({ value: _, ...field }) => field),
    sharing: typing(rulebook, 'sharing', definition.sharing),
    opening: typing(rulebook, 'opening', definition.opening),
    priorityField: amongPriority(rulebook, theme),
    documentClass: classOfDocuments(rulebook, title),
    sourceSystem: '业务办理系统（示例）',
    format: '表格（CSV）',
    sharingMode: definition.sharing.effect === 'closed' ? '不提供' : '接口查询、文件下载',
    openingMode: definition.opening.effect === 'closed' ? '不提供' : '接口查询、文件下载',
    useRequirements: '按目录载明的类型和条件使用；使用成果写明数据来源。',
    assessment: {
      contains:
        personal.length === 0 ? '不含个人信息' : `含个人信息：${personal.map(({ name }) => name).join('、')}`,
      personalInformation: personal.length > 0,
      conclusion:
        personal.length === 0 ? '可以按所选类型共享、开放' : '按最小必要范围提供，开放时不含个人信息项',
    },
  }
}

function typing(rulebook: Rulebook, axis: 'sharing' | 'opening', access: Access) {
  const types = rulebook.catalogue[`${axis}Types`]
  const type =
    types.find(({ effect }) => effect === access.effect) ?? types.find(({ effect }) => effect === 'closed')
  // Where the regulation has no class for what is closed, such an entry is without one.
  if (type === undefined) return { type: '', conditions: '', basis: null }
  return {
    type: type.key,
    reasons: type.demands.reasons === undefined ? undefined : '含不宜扩散的信息，按所引依据确定。',
    conditions: access.effect === 'by-request' ? access.conditions : '',
    basis: access.effect === 'free' ? null : basisUnder(rulebook, access.basis),
  }
}

/** Fields that a city opens first, by the theme that is nearest to them. */
const fieldOfTheme: Readonly<Record<string, string>> = {
  credit: 'credit',
  transport: 'transport',
  health: 'medical',
  education: 'education',
  environment: 'environment',
  enterprise: 'business-registration',
}

function amongPriority(rulebook: Rulebook, theme: string): string | null {
  const fields = rulebook.rooms.publication?.priority?.fields ?? []
  return fields.find(({ key }) => key === fieldOfTheme[theme])?.key ?? null
}

/** Registers of licences and certificates, where the city has documents delivered with a proof. */
const classOfDocuments = (rulebook: Rulebook, title: string): string | null =>
  /许可|证书/.test(title) && rulebook.rooms.proofs?.sharing.classes.some(({ key }) => key === 'licence')
    ? 'licence'
    : null
