import { type Text, text } from '@tiaoli/kernel/text'
import { holdersTowards, type Identity, type Power, type Session } from '../foundations/identity/index.ts'
import type { RoleBinding, Rulebook } from '../foundations/rulebook/index.ts'
import { accountOf, type BodyKey, bodyKeysUnder } from './organisations.ts'

export type DemoAccount = { readonly username: string; readonly role: Text }

type Member = {
  readonly username: string
  readonly name: string
  readonly organisation: BodyKey | null
  readonly powers: readonly Power[]
}

/** The accounts that a visitor is told of. */
const told: readonly (Member & { readonly role: Text })[] = [
  {
    username: 'authority',
    name: '示例主管甲',
    organisation: 'authority',
    powers: ['officer', 'supervisor'],
    role: text(
      '数据主管部门：审核目录、办理申请、监督',
      'data authority: checks the catalogue, decides, supervises',
    ),
  },
  {
    username: 'steward',
    name: '示例管理员乙',
    organisation: 'market',
    powers: ['steward', 'requester'],
    role: text('市场监督管理局：登记和汇聚数据', 'market regulation: registers and brings in data'),
  },
  {
    username: 'user',
    name: '示例用户丙',
    organisation: 'civil-affairs',
    powers: ['requester', 'steward'],
    role: text('民政局：申请和使用数据', 'civil affairs: asks for data and uses them'),
  },
  {
    username: 'citizen',
    name: '示例市民丁',
    organisation: null,
    powers: [],
    role: text('市民：使用和申请开放数据', 'a citizen: uses open data and asks for more'),
  },
  {
    username: 'admin',
    name: '示例系统员戊',
    organisation: 'authority',
    powers: ['admin'],
    role: text('系统管理员', 'administrator'),
  },
]

/** Sessions of the members of the demo city, opened without a password. */
export type Members = {
  named(username: string): Session
  of(organisation: BodyKey): Session
  /** Who plays a role of a procedure, for a given provider and opener; where it opens itself, the provider is both. */
  playing(binding: RoleBinding, parties: { readonly provider: Session; readonly opener?: Session }): Session
}

/** Bodies that decide or process cases of others. */
const deciding: readonly BodyKey[] = ['government', 'agency', 'centre']

/** Registers the told accounts and one member for every other organisation, all with the same password. */
export async function registerMembers(
  identity: Identity,
  rulebook: Rulebook,
  password: string,
): Promise<{ members: Members; accounts: readonly DemoAccount[] }> {
  const others = bodyKeysUnder(rulebook).filter((key) =>
    told.every(({ organisation }) => organisation !== key),
  )
  const members: readonly Member[] = [
    ...told,
    ...others.map((organisation, index) => ({
      username: accountOf(organisation),
      name: `示例经办人${index + 1}`,
      organisation,
      powers: (deciding.includes(organisation)
        ? ['officer', 'steward', 'requester']
        : ['steward', 'requester']) as readonly Power[],
    })),
  ]
  const sessions = new Map<string, Session>()
  for (const { username, name, organisation, powers } of members) {
    const id = await identity.createUser({ username, name, password, organisationId: organisation, powers })
    sessions.set(username, { user: (await identity.user(id))!, apiKeyId: null, keyGrantId: null })
  }
  const named = (username: string): Session => sessions.get(username)!
  const of = (organisation: BodyKey): Session => named(accountOf(organisation))
  const playing: Members['playing'] = (binding, { provider, opener = provider }) => {
    if (binding.from === 'role') {
      const body = provider.user?.organisation
      const [holder] = holdersTowards(rulebook, identity.organisations(), binding.role, body ? [body] : [])
      return of(holder!.id as BodyKey)
    }
    return binding.from === 'provider' ? provider : opener
  }
  return {
    members: { named, of, playing },
    accounts: told.map(({ username, role }) => ({ username, role })),
  }
}
