import { newId } from '@tiaoli/kernel/ids'
import { type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Power, Session, StandIn } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { casePowers, dealsWithCases, faultOfPeriod, overlaps, standingOf } from './desk.rules.ts'
import * as store from './hand-overs.store.ts'

export type HandOversDeps = {
  readonly database: Database
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly clock: Clock
}

export type NewHandOver = {
  readonly fromUserId?: string | undefined
  readonly toUserId: string
  readonly fromOn: string
  readonly untilOn: string
  readonly note: string
}

type Member = { readonly id: string; readonly name: string; readonly powers: readonly Power[] }

/**
 * Who takes on whose cases while an officer is away: within one organisation, for some days, on record. Whoever stands
 * in has the colleague's powers in cases and nothing else of theirs, cannot pass them on, and is bound by what binds
 * either of them.
 */
export function createHandOvers({ database, identity, ledger, notices, clock }: HandOversDeps) {
  const today = () => civilDateOf(clock.now())

  function memberOf({ user }: Session): Member & { organisationId: string } {
    if (user?.organisation == null)
      throw new Problem('not-allowed', {
        condition: text('交接在单位的经办人员之间办理', 'Hand-overs are between members of an organisation'),
        remedy: text('个人的办件由本人办理。', 'A person acts for themself.'),
      })
    return { id: user.id, name: user.name, powers: user.powers, organisationId: user.organisation.id }
  }

  const isAdmin = ({ powers }: Pick<Member, 'powers'>): boolean => powers.includes('admin')

  async function colleague(organisationId: string, id: string): Promise<Member> {
    const found = (await identity.colleagues(organisationId)).find((each) => each.id === id)
    if (found === undefined)
      throw new Problem('not-found', {
        condition: text('本单位没有这位经办人员', 'The organisation has no such member'),
        remedy: text('请从同事名单中选择。', 'Choose from the list of colleagues.'),
      })
    return found
  }

  return {
    async list(session: Session) {
      const me = memberOf(session)
      const [made, members] = await Promise.all([
        store.handOversOf(database.db, me.organisationId),
        identity.colleagues(me.organisationId),
      ])
      const names = await identity.userNames(made.flatMap(({ fromUser, toUser }) => [fromUser, toUser]))
      const named = (id: string) => ({ id, name: names.get(id) ?? '' })
      return {
        items: made.map((each) => {
          const standing = standingOf(each, each.endedAt, today())
          return {
            id: each.id,
            from: named(each.fromUser),
            to: named(each.toUser),
            fromOn: each.fromOn,
            untilOn: each.untilOn,
            note: each.note,
            standing,
            canEnd:
              (standing === 'active' || standing === 'coming') &&
              (each.fromUser === me.id || each.toUser === me.id || isAdmin(me)),
            recordId: each.recordId,
          }
        }),
        colleagues: members
          .filter(({ id, powers }) => id !== me.id && dealsWithCases(powers))
          .map(({ id, name, powers }) => ({ id, name, powers: [...powers] })),
        canHandOver: dealsWithCases(me.powers),
      }
    },

    async make(session: Session, asked: NewHandOver): Promise<void> {
      const me = memberOf(session)
      if (asked.fromUserId !== undefined && asked.fromUserId !== me.id && !isAdmin(me))
        throw new Problem('not-allowed', {
          condition: text(
            '代他人办理交接限于本单位的系统管理员',
            'Only an administrator of the organisation hands over for somebody else',
          ),
          remedy: text('请由本人或者管理员办理。', 'Leave it to them, or to an administrator.'),
        })
      // Else an administrator would give themself the powers of any colleague.
      if (asked.fromUserId !== undefined && asked.fromUserId !== me.id && asked.toUserId === me.id)
        throw new Problem('not-allowed', {
          condition: text(
            '代他人办理交接的，不能由自己接办',
            'Whoever hands over for somebody else does not take it on',
          ),
          remedy: text(
            '请选择其他同事接办，或者由本人办理交接。',
            'Choose another colleague, or leave it to them.',
          ),
        })
      const fault = faultOfPeriod(asked, today())
      if (fault !== undefined)
        throw new Problem('content-incomplete', { condition: fault.message, errors: [fault] })
      const from = await colleague(me.organisationId, asked.fromUserId ?? me.id)
      const to = await colleague(me.organisationId, asked.toUserId)
      if (from.id === to.id || !dealsWithCases(from.powers) || !dealsWithCases(to.powers))
        throw new Problem('content-incomplete', {
          condition: text(
            '交接双方须是本单位两名不同的经办人员',
            'A hand-over is between two different members who deal with cases',
          ),
          errors: [{ path: 'toUserId', message: text('请选择另一名经办人员', 'Choose another member') }],
        })
      await database.inTransaction(async (tx) => {
        // Two hand-overs of the same people must not pass each other.
        await identity.lockOrganisation(tx, me.organisationId)
        const open = (await store.openHandOversOf(tx, [from.id, to.id], today())).filter((each) =>
          overlaps(each, asked),
        )
        // Who goes away or is away cannot take on cases; whoever stands in for somebody does not go away.
        if (open.some(({ fromUser, toUser }) => [from.id, to.id].includes(fromUser) || toUser === from.id))
          throw awayAlready()
        const record = await ledger.record(tx, {
          kind: 'desk.hand-over',
          userId: me.id,
          organisationId: me.organisationId,
          outcome: 'made',
          payload: {
            from: from.id,
            to: to.id,
            fromOn: asked.fromOn,
            untilOn: asked.untilOn,
            note: asked.note,
          },
        })
        await store.insertHandOver(tx, {
          id: newId(),
          organisationId: me.organisationId,
          fromUser: from.id,
          toUser: to.id,
          fromOn: asked.fromOn,
          untilOn: asked.untilOn,
          note: asked.note,
          madeAt: clock.now(),
          recordId: record.id,
          endedAt: null,
        })
        await notices.send(
          tx,
          [from.id, to.id].filter((id) => id !== me.id),
          {
            kind: 'desk.hand-over',
            title: text(`${from.name}的办件由${to.name}代办`, `${to.name} stands in for ${from.name}`),
            body: text(
              `自 ${asked.fromOn} 至 ${asked.untilOn}。`,
              `From ${asked.fromOn} to ${asked.untilOn}.`,
            ),
            link: '/desk/arrangements',
          },
        )
      })
    },

    async end(session: Session, id: string): Promise<void> {
      const me = memberOf(session)
      await database.inTransaction(async (tx) => {
        const ended = await store.endHandOver(tx, id, me.organisationId, clock.now())
        if (ended === undefined) throw new Problem('not-found')
        if (ended.fromUser !== me.id && ended.toUser !== me.id && !isAdmin(me))
          throw new Problem('not-allowed')
        if (standingOf(ended, null, today()) === 'over')
          throw new Problem('act-not-available', {
            condition: text('交接已经到期', 'The hand-over is over'),
          })
        await ledger.record(tx, {
          kind: 'desk.hand-over',
          userId: me.id,
          organisationId: me.organisationId,
          outcome: 'ended',
          payload: { from: ended.fromUser, to: ended.toUser },
        })
        await notices.send(
          tx,
          [ended.fromUser, ended.toUser].filter((each) => each !== me.id),
          {
            kind: 'desk.hand-over',
            title: text('工作交接已提前结束', 'A hand-over was ended early'),
            body: text(`由${me.name}结束。`, `Ended by ${me.name}.`),
            link: '/desk/arrangements',
          },
        )
      })
    },

    /** The session with what colleagues have handed over to its user today. A key acts within its own bounds only. */
    async withStandIns(session: Session): Promise<Session> {
      const { user } = session
      if (user === null || user.organisation === null || session.apiKeyId !== null) return session
      const standsInFor: StandIn[] = []
      for (const { fromUser, organisationId } of await store.handedTo(database.db, user.id, today())) {
        const away = await identity.user(fromUser)
        // Whoever has left the organisation since has nothing in it to hand over; nor has who came from another.
        if (away?.organisation?.id !== organisationId || user.organisation.id !== organisationId) continue
        standsInFor.push({
          userId: away.id,
          name: away.name,
          powers: away.powers.filter((power) => casePowers.includes(power)),
        })
      }
      return standsInFor.length === 0 ? session : { ...session, standsInFor }
    },

    standInsOf: (tx: Tx, userIds: readonly string[]) => store.takersOf(tx, userIds, today()),
  }
}

const awayAlready = (): Problem =>
  new Problem('act-not-available', {
    condition: text(
      '这段时间内，交接双方之一已经把办件交由他人代办，或者移交人正在为他人代办',
      'For some of these days one of the two has handed over already, or who hands over stands in for somebody',
    ),
    remedy: text(
      '请先结束原有的交接，或者选择其他同事。',
      'End that hand-over first, or choose another colleague.',
    ),
  })
