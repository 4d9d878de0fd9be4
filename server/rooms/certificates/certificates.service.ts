import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import { callerOf, type Gateway, gatewayProblem } from '../../foundations/gateway/index.ts'
import { type Identity, isPublicBody, type Session, scopeOf } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, keyFieldsOf } from '../catalogue/index.ts'
import * as store from './certificates.store.ts'

export type CertificatesDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly gateway: Gateway
  readonly identity: Identity
  readonly ledger: Ledger
  readonly clock: Clock
}

export type Certificates = ReturnType<typeof createCertificates>

/** Electronic certificates, seals and archives: checked against their register, accepted, or refused with the reason. */
export function createCertificates(deps: CertificatesDeps) {
  const { database, rulebook, catalogue, gateway, identity, ledger, clock } = deps
  const { db } = database
  const rules = rulebook.rooms.certificates

  function requireRules() {
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  return {
    /** Whether the register has it; the look-up is the gateway's, so that it is decided and recorded like any other. */
    async check(session: Session, entryId: string, key: string): Promise<store.CertificateCheck> {
      const { kinds, article } = requireRules()
      const organisation = session.user?.organisation ?? null
      if (organisation === null || !isPublicBody(organisation)) throw new Problem('not-allowed')
      const entry = await catalogue.requireEntry(session, entryId)
      const kind = kinds.find((each) => each.key === entry.content.documentClass)
      const [keyField, ...more] = keyFieldsOf(entry.content)
      if (kind === undefined)
        throw new Problem('act-not-available', {
          article,
          condition: text(
            '该条目不是电子证照、电子印章或者电子档案的登记',
            'The entry is no register of electronic certificates, seals or archives',
          ),
        })
      if (keyField === undefined || more.length > 0) throw new Problem('no-key')
      const found = await gateway
        .row(callerOf(session), entryId, { [keyField]: key }, [keyField], { scenario: kind.term.zh })
        .catch((error: unknown) => {
          throw gatewayProblem(error)
        })
      if (!found.ok) throw refusalProblem('refused-by-law', found.refusal, found.recordId)
      const check: store.CertificateCheck = {
        id: newId(),
        entryId,
        kind: kind.key,
        valid: found.value.value !== null,
        organisationId: organisation.id,
        userId: session.user!.id,
        checkedAt: clock.now(),
        outcome: null,
        reason: '',
        recordId: found.value.recordId,
      }
      await store.insertCheck(db, check)
      return check
    },

    /** A valid one is accepted, or refused with a reason that stands on record. */
    async settle(
      session: Session,
      id: string,
      { accepted, reason }: { accepted: boolean; reason: string },
    ): Promise<store.CertificateCheck> {
      const { article, condition, remedy } = requireRules()
      const check = await store.findCheck(db, id)
      if (check === undefined || check.organisationId !== session.user?.organisation?.id)
        throw new Problem('not-found')
      if (accepted && !check.valid)
        throw new Problem('act-not-available', {
          condition: text('登记中没有这一材料，不能采用', 'The register has no such document'),
        })
      if (!accepted && check.valid && reason === '')
        throw new Problem('content-incomplete', {
          article,
          condition,
          remedy,
          errors: [{ path: 'reason', message: text('请写明不予采用的原因', 'State the reason') }],
        })
      const outcome = accepted ? 'accepted' : 'refused'
      await database.inTransaction(async (tx) => {
        if (!(await store.writeOutcome(tx, id, outcome, reason)))
          throw new Problem('act-not-available', {
            condition: text('已经办理', 'It has been settled'),
          })
        await ledger.record(tx, {
          kind: 'certificate.settled',
          userId: session.user!.id,
          organisationId: check.organisationId,
          entryId: check.entryId,
          article,
          outcome,
          payload: { check: id, kind: check.kind, valid: check.valid, reason },
        })
      })
      return (await store.findCheck(db, id))!
    },

    list: (session: Session, search: Omit<store.CheckSearch, 'organisationIds'>) => {
      const seen = scopeOf(session, identity.organisations(), 'officer', 'supervisor')
      return store.findChecks(db, { ...search, organisationIds: seen === undefined ? [] : seen })
    },
  }
}

/** What keeps the register from answering, as the answer that it is to a caller. */
