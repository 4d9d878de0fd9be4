import { type Text, text } from '@tiaoli/kernel/text'
import type { Identity, Organisation } from '../foundations/identity/index.ts'
import { syllablesOf } from '../foundations/language/index.ts'
import type { Rulebook } from '../foundations/rulebook/index.ts'
import type { City } from './city.ts'
import { creditCode } from './identifiers.ts'

type Body = Pick<Organisation, 'kind' | 'level'> & {
  /** After the name of the city or of the district. */
  readonly name: Text
  /** Roles that the body has wherever the rulebook knows them. */
  readonly roles: readonly string[]
  readonly account: string
}

const department = (account: string, zh: string, en: string): Body => ({
  kind: 'department',
  level: 'city',
  name: text(zh, en),
  roles: ['department'],
  account,
})

/** The bodies of the demo city. `account` names the one member that each has. */
const bodies = {
  authority: {
    kind: 'authority',
    level: 'city',
    // Its name is the rulebook's own term for it.
    name: text('数据主管部门', 'data authority'),
    roles: ['authority-municipal'],
    account: 'authority',
  },
  market: department('steward', '市场监督管理局', 'Administration for Market Regulation'),
  'civil-affairs': department('user', '民政局', 'Civil Affairs Bureau'),
  police: department('police', '公安局', 'Public Security Bureau'),
  labour: department('labour', '人力资源和社会保障局', 'Human Resources and Social Security Bureau'),
  health: department('health', '卫生健康委员会', 'Health Commission'),
  transport: department('transport', '交通运输委员会', 'Transport Commission'),
  ecology: department('ecology', '生态环境局', 'Ecology and Environment Bureau'),
  planning: department('planning', '规划和自然资源局', 'Planning and Natural Resources Bureau'),
  education: department('education', '教育委员会', 'Education Commission'),
  culture: department('culture', '文化和旅游局', 'Culture and Tourism Bureau'),
  government: {
    kind: 'department',
    level: 'city',
    name: text('人民政府', 'municipal government'),
    roles: ['government-municipal'],
    account: 'government',
  },
  agency: {
    kind: 'public-service',
    level: 'city',
    name: text('公共数据资源管理中心', 'Public Data Management Centre'),
    roles: ['management-agency'],
    account: 'agency',
  },
  centre: {
    kind: 'department',
    level: 'city',
    name: text('大数据中心', 'Big Data Centre'),
    roles: ['big-data-centre'],
    account: 'centre',
  },
  utilities: {
    kind: 'public-service',
    level: 'city',
    name: text('示例水务燃气服务有限公司', 'Demo Water and Gas Service Company'),
    roles: ['public-service-organisation'],
    account: 'utilities',
  },
  'district-authority': {
    kind: 'authority',
    level: 'district',
    name: text('数据主管部门', 'data authority'),
    roles: ['authority-district'],
    account: 'district',
  },
  'district-bureau': {
    kind: 'department',
    level: 'district',
    name: text('农业农村局', 'Agriculture and Rural Affairs Bureau'),
    roles: ['department'],
    account: 'bureau',
  },
} as const satisfies Record<string, Body>

export type BodyKey = keyof typeof bodies

/** Bodies that are there only where the regulation gives them a part. */
const byRoleAlone: readonly BodyKey[] = ['government', 'agency', 'centre']
export const bodyKeysUnder = (rulebook: Rulebook): BodyKey[] =>
  (Object.keys(bodies) as BodyKey[]).filter(
    (key) => !byRoleAlone.includes(key) || rolesIn(rulebook, bodies[key]).length > 0,
  )
export const accountOf = (key: BodyKey): string => bodies[key].account

/** Founds every body. A role that a procedure needs one holder of, and that no body has, falls to the authority. */
export async function foundOrganisations(identity: Identity, rulebook: Rulebook, city: City): Promise<void> {
  for (const [index, key] of bodyKeysUnder(rulebook).entries()) {
    const body: Body = bodies[key]
    await identity.createOrganisation({
      id: key,
      name: nameOf(body, rulebook, city),
      kind: body.kind,
      level: body.level,
      creditCode: creditCode(
        '11',
        body.level === 'city' ? city.code : city.districts[0]!.code,
        90_000 + index,
      ),
      roles: [...rolesIn(rulebook, body), ...(key === 'authority' ? vacantRoles(rulebook) : [])],
      budgetFunded: body.kind !== 'public-service',
      divisionCode: body.level === 'city' ? null : city.districts[0]!.code,
    })
  }
}

const rolesIn = (rulebook: Rulebook, { roles }: Body): string[] =>
  roles.filter((role) => rulebook.roles.some(({ key }) => key === role))

function vacantRoles(rulebook: Rulebook): string[] {
  const held = new Set<string>(Object.values(bodies).flatMap((body) => body.roles))
  const needed = rulebook.procedures.flatMap((procedure) =>
    Object.values(procedure.roles).flatMap((binding) => (binding.from === 'role' ? [binding.role] : [])),
  )
  // A role that follows the level is nobody's own: it is held by whoever has the place at that level.
  const followsLevel = new Set(rulebook.roles.flatMap(({ key, byLevel }) => (byLevel ? [key] : [])))
  return [...new Set(needed)].filter((role) => !held.has(role) && !followsLevel.has(role))
}

/** An authority is called what the regulation calls it. */
function nameOf(body: Body, rulebook: Rulebook, city: City): Text {
  const place = body.level === 'city' ? city.name.zh : `${city.name.zh}${city.districts[0]!.name}`
  const term = body.kind === 'authority' && rulebook.roles.find(({ key }) => key === body.roles[0])?.term.zh
  const name = term ? term.replace(/^(市|区县（自治县）|县级市（区）|区)/, '') : body.name.zh
  const placeInEnglish =
    body.level === 'city' ? city.name.en : `${city.name.en} ${romanised(city.districts[0]!.name)}`
  return text(`${place}${name}`, `${placeInEnglish} ${body.name.en}`)
}

const kindsOfPlace: Readonly<Record<string, string>> = { 区: 'District', 县: 'County', 市: 'City' }

/** A district as English texts name it: 万州区 is Wanzhou District. */
function romanised(district: string): string {
  const said = syllablesOf(district.slice(0, -1)).join('')
  return `${said[0]!.toUpperCase()}${said.slice(1)} ${kindsOfPlace[district.at(-1)!]!}`
}
