import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import type { CommitmentFacts } from '../../foundations/gateway/index.ts'
import { areaOf, type Identity, isPublicBody, type Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, type Entry, typeOf } from '../catalogue/index.ts'
import type { Sharing } from '../sharing/index.ts'
import { type Commitment, type CommitmentText, factsOf } from './commitment.model.ts'
import * as policy from './commitment.policy.ts'
import * as store from './commitment.store.ts'

export type CommitmentDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly sharing: Sharing
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly clock: Clock
}

export type Commitments = ReturnType<typeof createCommitments>

/** What receivers of data undertake before delivery, and what follows when they break it (承诺). */
export function createCommitments(deps: CommitmentDeps) {
  const { database, rulebook, catalogue, sharing, identity, ledger, notices, clock } = deps
  const { db } = database
  const rules = rulebook.rooms.commitment

  function requireRules() {
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  /** The grant it is for, held by the caller; or none, where the entry is shared freely with the caller. */
  async function groundOf(session: Session, entry: Entry, grantId: string | null) {
    if (grantId !== null) {
      const grant = await sharing.requireGrant(session, grantId)
      if (!sharing.holds(session, grant) || grant.entryId !== entry.id) throw new Problem('not-found')
      return {
        grantId,
        caseId: grant.caseId,
        holder: { organisationId: grant.organisationId, userId: grant.userId },
      }
    }
    const organisation = session.user?.organisation ?? null
    const free = typeOf(rulebook, 'sharing', entry.content.sharing.type)?.effect === 'free'
    if (!free || organisation === null || !isPublicBody(organisation))
      throw new Problem('act-not-available', {
        article: rules?.article,
        condition: text(
          '该条目不是无条件共享，或者您不在共享范围内；承诺随使用许可签署',
          'The entry is not shared freely with you; a commitment goes with a grant',
        ),
        remedy: text('请先申请，取得使用许可后签署。', 'Apply first; it is signed with the grant.'),
      })
    return { grantId: null, caseId: null, holder: { organisationId: organisation.id, userId: null } }
  }

  async function requireSeen(session: Session, id: string): Promise<Commitment> {
    requireRules()
    const found = await store.findCommitment(db, id)
    if (found === undefined || !policy.maySee(session, found, identity.organisation(found.providerId)))
      throw new Problem('not-found')
    return found
  }

  return {
    rules,
    currentText: (): Promise<CommitmentText | undefined> => store.currentText(db),
    mayPublish: (session: Session) => rules !== undefined && policy.mayPublish(session, rules.by),

    /** A new version; those that were signed before stand as they were signed. */
    async publish(session: Session, body: string): Promise<CommitmentText> {
      const { by, article } = requireRules()
      if (!policy.mayPublish(session, by)) {
        const holder = rulebook.roles.find(({ key }) => key === by)!.term
        throw new Problem('not-allowed', {
          article,
          condition: text(`承诺书由${holder.zh}发布`, `The commitment is laid down by the ${holder.en}`),
          remedy: text(`请由${holder.zh}的经办人员发布。`, `Leave it to an officer of the ${holder.en}.`),
        })
      }
      const organisationId = session.user!.organisation!.id
      return database.inTransaction(async (tx) => {
        const made = await store.insertText(tx, { body, organisationId, publishedAt: clock.now() })
        await ledger.record(tx, {
          kind: 'commitment.published',
          userId: session.user!.id,
          organisationId,
          article,
          payload: { version: made.version, body },
        })
        return made
      })
    },

    async sign(
      session: Session,
      { entryId, grantId, version }: { entryId: string; grantId: string | null; version: number },
    ): Promise<Commitment> {
      const { article } = requireRules()
      const entry = await catalogue.requireEntry(session, entryId)
      const ground = await groundOf(session, entry, grantId)
      if (!policy.maySign(session, ground.holder))
        throw new Problem('not-allowed', {
          article,
          condition: text(
            '承诺由取得数据的单位的申请人员签署',
            'It is signed by a member of the holder who may file requests',
          ),
          remedy: text('请由本单位的申请人员签署。', 'Have it signed by a member who may file requests.'),
        })
      const current = await store.currentText(db)
      if (current === undefined || current.version !== version) throw new Problem('changed-meanwhile')
      const id = newId()
      await database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'commitment.signed',
          userId: session.user!.id,
          organisationId: ground.holder.organisationId,
          entryId,
          caseId: ground.caseId,
          grantId,
          article,
          payload: { version },
        })
        const written = await store.insertCommitment(tx, {
          id,
          entryId,
          grantId,
          caseId: ground.caseId,
          providerId: entry.providerId,
          ...ground.holder,
          text: current,
          signedBy: session.user!.id,
          signedByName: session.user!.name,
          signedAt: clock.now(),
          recordId: record.id,
          breach: null,
          liftedAt: null,
        })
        if (!written)
          throw new Problem('act-not-available', {
            article,
            condition: text(
              '已经签署；因违反承诺停止提供的，须先解除停止',
              'It has been signed; where delivery was stopped for a breach, the stop has to be lifted first',
            ),
            remedy: text(
              '停止提供的，请向数据主管部门申请解除。',
              'Where delivery was stopped, ask the data authority to lift the stop.',
            ),
          })
        await ledger.turnEpoch(tx)
      })
      return (await store.findCommitment(db, id))!
    },

    list: (session: Session, search: Omit<store.CommitmentSearch, 'seenBy'>): Promise<Commitment[]> =>
      store.findCommitments(db, {
        ...search,
        seenBy: {
          area: areaOf(session, identity.organisations(), 'officer', 'supervisor'),
          organisationId: session.user?.organisation?.id ?? null,
          userId: session.user?.id ?? null,
        },
      }),

    /** Delivery stops with the next call. */
    async reportBreach(session: Session, id: string, reasons: string): Promise<Commitment> {
      const found = await requireSeen(session, id)
      if (!policy.mayReportBreach(session, found, identity.organisation(found.providerId)))
        throw new Problem('not-allowed', {
          article: rules?.article,
          condition: text(
            '违反承诺由提供单位的数据管理员或者其数据主管部门登记，每份承诺登记一次',
            'A breach is put on record once, by a data steward of the provider or by its data authority',
          ),
          remedy: text(
            '请向提供单位或者数据主管部门反映。',
            'Tell the provider or the data authority of it.',
          ),
        })
      await end(session, found, 'commitment.broken', reasons, (tx, at) =>
        store.writeBreach(tx, id, at, reasons),
      )
      return (await store.findCommitment(db, id))!
    },

    /** The stop ends, and the next delivery needs a new signature. */
    async lift(session: Session, id: string, reasons: string): Promise<Commitment> {
      const found = await requireSeen(session, id)
      if (!policy.mayLift(session, found, identity.organisation(found.providerId)))
        throw new Problem('not-allowed', {
          article: rules?.article,
          condition: text(
            '停止提供由提供单位的数据主管部门解除，且须有尚未解除的停止',
            'A stop that still holds is lifted by the data authority of the provider',
          ),
          remedy: text('请向数据主管部门申请解除。', 'Ask the data authority to lift it.'),
        })
      await end(session, found, 'commitment.lifted', reasons, (tx, at) => store.writeLifted(tx, id, at))
      return (await store.findCommitment(db, id))!
    },

    /** What the gateway has to know of a holder's commitments. */
    gatewayFacts: async (holder: store.Holder, entryId: string): Promise<readonly CommitmentFacts[]> =>
      rules === undefined || (holder.organisationId === null && holder.userId === null)
        ? []
        : factsOf(await store.findOfHolder(db, holder, entryId)),
  }

  /** Writes a change of standing with its record, tells the holder, and lets the gateway know. */
  async function end(
    session: Session,
    found: Commitment,
    kind: 'commitment.broken' | 'commitment.lifted',
    reasons: string,
    write: (tx: Parameters<Parameters<Database['inTransaction']>[0]>[0], at: Date) => Promise<boolean>,
  ): Promise<void> {
    const { article, term } = requireRules()
    await database.inTransaction(async (tx) => {
      if (!(await write(tx, clock.now())))
        throw new Problem('act-not-available', {
          article,
          condition: text('该承诺当前不能办理此项操作', 'The standing of the commitment does not allow it'),
          remedy: text('请刷新后查看该承诺的现状。', 'Look at how it stands by now.'),
        })
      await ledger.record(tx, {
        kind,
        userId: session.user!.id,
        organisationId: session.user!.organisation?.id ?? null,
        entryId: found.entryId,
        caseId: found.caseId,
        grantId: found.grantId,
        article,
        payload: { reasons },
      })
      await ledger.turnEpoch(tx)
      const holders = found.organisationId
        ? await identity.members(tx, found.organisationId, ['requester'])
        : [found.userId!]
      const stopped = kind === 'commitment.broken'
      await notices.send(tx, holders, {
        kind,
        title: stopped
          ? text(`因违反${term.zh}停止提供数据`, `Delivery stopped: the ${term.en} was broken`)
          : text('停止提供数据已解除，请重新签署承诺', 'The stop was lifted; please sign again'),
        body: text(`理由：${reasons}`, `Reasons: ${reasons}`),
        link: `/desk/commitment?entry=${found.entryId}${found.grantId ? `&grant=${found.grantId}` : ''}`,
      })
    })
  }
}
