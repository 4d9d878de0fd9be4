import type { PersonAct } from '@tiaoli/contract/people'
import type { Clock } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../database/index.ts'
import { Problem, refusalProblem } from '../problems/index.ts'
import type { AccountEventKind, AccountEvents, Origin } from './account-events.ts'
import type { Organisation, Power, User } from './identity.model.ts'
import { findUser } from './identity.store.ts'
import { type Hashing, newPassword, setPassword } from './passwords.ts'
import {
  findPeople,
  lockPowers,
  type PeopleFilter,
  type PersonRow,
  writeClosed,
  writeMembership,
  writePasswordGiven,
  writePowers,
} from './people.store.ts'
import { refusalOfPowers } from './power-rules.ts'
import { endStepsOf, removeSecondFactor } from './second-factor.store.ts'
import { endSessions } from './sessions.store.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'

export type PeopleDeps = {
  readonly database: Database
  readonly clock: Clock
  readonly hashing: Hashing
  readonly events: AccountEvents
  readonly attempts: SignInAttempts
  readonly organisation: (id: string) => Organisation | undefined
  /** What is known of keys and their users is asked anew. */
  readonly forgetKeys: () => void
  /** Makes an account with its membership. `also` joins the transaction; where it fails no account is left. */
  readonly makeUser: (
    input: {
      username: string
      name: string
      password: string
      organisationId: string
      powers: readonly Power[]
    },
    also: (tx: Tx, userId: string) => Promise<void>,
  ) => Promise<string>
}

export type PersonView = PersonRow & { readonly lockedUntil: Date | null }
/** An administrator, what they do it for, and from where. */
export type Ordered = { readonly by: User; readonly reasons: string; readonly origin: Origin }

export type People = ReturnType<typeof createPeople>

/** Accounts, as administrators at the data authority of the city look after them. */
export function createPeople(deps: PeopleDeps) {
  const { database, clock, hashing, events, attempts, organisation, forgetKeys, makeUser } = deps
  const { db } = database

  async function list(filter: PeopleFilter): Promise<PersonView[]> {
    const rows = await findPeople(db, filter)
    const locks = await attempts.locks(rows)
    return rows.map((row) => ({ ...row, lockedUntil: locks.get(row.id) ?? null }))
  }

  async function requirePerson(id: string): Promise<User> {
    const user = await findUser(db, id)
    if (user === undefined) throw new Problem('not-found')
    return user
  }

  const find = async (id: string): Promise<PersonView> => (await list({ id, limit: 1 }))[0]!

  /** What an act does within its transaction; false where there is nothing for it to do. */
  async function perform(tx: Tx, act: PersonAct, person: User, given: Given): Promise<boolean> {
    switch (act) {
      case 'close':
        if (!(await writeClosed(tx, person.id, clock.now()))) return false
        await endStepsOf(tx, person.id)
        await endSessions(tx, person.id)
        return true
      case 'reopen':
        return writeClosed(tx, person.id, null)
      case 'unlock':
        await attempts.unlock(tx, person)
        return true
      case 'reset-second-factor':
        await endStepsOf(tx, person.id)
        await endSessions(tx, person.id)
        return removeSecondFactor(tx, person.id)
      case 'give-password': {
        const now = clock.now()
        await setPassword(tx, { userId: person.id, hash: given.hash!, now, givenAt: now })
        await endStepsOf(tx, person.id)
        await endSessions(tx, person.id)
        return true
      }
    }
  }

  /** Closes an account within the caller's transaction; false where it was closed before. Keys are forgotten by the caller. */
  async function closeIn(tx: Tx, id: string, { by, reasons, origin }: Ordered): Promise<boolean> {
    const person = await findUser(tx, id)
    if (person === undefined || !(await perform(tx, 'close', person, { hash: null }))) return false
    await events.write(tx, { kind: 'closed', userId: id, by: by.id, origin, details: { reasons } })
    return true
  }

  return {
    list,
    closeIn,

    async make(
      input: { username: string; name: string; organisationId: string; powers: readonly Power[] },
      { by, origin }: Omit<Ordered, 'reasons'>,
    ): Promise<{ person: PersonView; password: string }> {
      const body = organisation(input.organisationId)
      if (body === undefined) throw new Problem('not-found')
      requireLawful(by, { id: null, organisation: body }, input.powers)
      const password = newPassword()
      const id = await makeUser({ ...input, password }, async (tx, userId) => {
        await writePasswordGiven(tx, userId, clock.now())
        const details = { organisation: body.id, powers: [...input.powers] }
        await events.write(tx, { kind: 'made', userId, by: by.id, origin, details })
      })
      return { person: await find(id), password }
    },

    /** The person's sessions end: what was open with the former powers is open no more. */
    async assign(
      id: string,
      powers: readonly Power[],
      { by, reasons, origin }: Ordered,
    ): Promise<PersonView> {
      const person = await requirePerson(id)
      requireLawful(by, person, powers)
      await database.inTransaction(async (tx) => {
        const before = await lockPowers(tx, id)
        await writePowers(tx, id, powers)
        await endStepsOf(tx, id)
        await endSessions(tx, id)
        const details = { before: before ?? [], after: [...powers], reasons }
        await events.write(tx, { kind: 'powers', userId: id, by: by.id, origin, details })
        await events.tell(tx, id, { what: 'powers', reasons })
      })
      forgetKeys()
      return find(id)
    },

    /**
     * The identity provider that made the account says no more that the person belongs anywhere: the account is closed,
     * with its sessions and keys, until an administrator opens it again.
     */
    async closeFollowing(id: string, origin: Origin, provider: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        await endStepsOf(tx, id)
        await endSessions(tx, id)
        if (await writeClosed(tx, id, clock.now()))
          await events.write(tx, { kind: 'closed', userId: id, by: null, origin, details: { provider } })
      })
      forgetKeys()
    },

    /** What an identity provider now says of a person takes the place of what it said before. */
    async follow(
      id: string,
      { organisationId, powers }: { organisationId: string; powers: readonly Power[] },
      origin: Origin,
      provider: string,
    ): Promise<void> {
      await database.inTransaction(async (tx) => {
        const before = await lockPowers(tx, id)
        await writeMembership(tx, id, organisationId, powers)
        await endStepsOf(tx, id)
        await endSessions(tx, id)
        const details = { before: before ?? [], after: [...powers], organisation: organisationId, provider }
        await events.write(tx, { kind: 'powers', userId: id, by: null, origin, details })
      })
      forgetKeys()
    },

    async act(
      id: string,
      act: PersonAct,
      { by, reasons, origin }: Ordered,
    ): Promise<{ person: PersonView; password: string | null }> {
      const person = await requirePerson(id)
      if (id === by.id)
        throw new Problem('not-allowed', {
          condition: text('不能对本人的账号办理此项操作', 'Nobody does this to their own account'),
          remedy: text('请由另一名系统管理员办理。', 'Let another administrator do it.'),
        })
      const password = act === 'give-password' ? newPassword() : null
      // Hashed before the transaction: it takes its time.
      const hash = password === null ? null : await hashing.hash(password)
      await database.inTransaction(async (tx) => {
        if (!(await perform(tx, act, person, { hash })))
          throw new Problem('act-not-available', { condition: nothingToDo[act] })
        await events.write(tx, { kind: kinds[act], userId: id, by: by.id, origin, details: { reasons } })
        const what = toldOf[act]
        if (what !== undefined) await events.tell(tx, id, { what, reasons })
      })
      forgetKeys()
      return { person: await find(id), password }
    },
  }
}

type Given = { readonly hash: string | null }

const kinds: Readonly<Record<PersonAct, AccountEventKind>> = {
  close: 'closed',
  reopen: 'reopened',
  unlock: 'unlocked',
  'reset-second-factor': 'second-factor-reset',
  'give-password': 'password-given',
}

const toldOf: Partial<Record<PersonAct, 'unlocked' | 'second-factor-reset' | 'password-given'>> = {
  unlock: 'unlocked',
  'reset-second-factor': 'second-factor-reset',
  'give-password': 'password-given',
}

/** Unlocking is done whether or not there was a lock. */
const nothingToDo: Partial<Record<PersonAct, Text>> = {
  close: text('该账号此前已经停用', 'The account was closed before'),
  reopen: text('该账号没有停用', 'The account is not closed'),
  'reset-second-factor': text('该账号没有启用双重验证', 'The account has no second factor'),
  'give-password': text('该账号没有密码', 'The account has no password'),
}

function requireLawful(
  by: User,
  person: { readonly id: string | null; readonly organisation: Organisation | null },
  powers: readonly Power[],
): void {
  const refusal = refusalOfPowers(by, person, powers)
  if (refusal !== undefined)
    throw refusalProblem(refusal.code === 'own-powers' ? 'not-allowed' : 'content-incomplete', refusal)
}
