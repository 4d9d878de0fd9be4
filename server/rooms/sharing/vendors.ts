import { isCreditCode } from '@tiaoli/kernel/identifiers'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Grant } from './sharing.model.ts'
import type { Sharing } from './sharing.service.ts'
import * as store from './vendors.store.ts'

export type Vendors = ReturnType<typeof createVendors>

/**
 * Vendors who work on granted data for their holder: declared before they do, seen by who answers for the data. Who is
 * not declared is a third party, to whom the data may not go.
 *
 * @article CQ-25.3-c TJ-18.1-b SZ-13.4-b XM-27.2-b
 */
export function createVendors(deps: {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly sharing: Sharing
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly clock: Clock
}) {
  const { database, rulebook, sharing, identity, ledger, notices, clock } = deps
  const { article } = rulebook.use.noOnwardSupply

  const mayDeclare = (session: Session, grant: Grant): boolean =>
    sharing.holds(session, grant) &&
    (grant.organisationId === null || session.user!.powers.includes('requester'))

  async function requireHeld(session: Session, grantId: string): Promise<Grant> {
    const grant = await sharing.requireGrant(session, grantId)
    if (!mayDeclare(session, grant))
      throw new Problem('not-allowed', {
        article,
        condition: text('技术服务单位由使用方申报', 'Vendors are declared by the holder of the grant'),
      })
    return grant
  }

  async function tell(tx: Tx, session: Session, grant: Grant, vendor: store.Vendor, what: string) {
    await ledger.record(tx, {
      kind: `grant.vendor-${what}`,
      userId: session.user!.id,
      organisationId: session.user!.organisation?.id ?? null,
      entryId: grant.entryId,
      caseId: grant.caseId,
      grantId: grant.id,
      article,
      outcome: what,
      payload: { vendor: vendor.name, creditCode: vendor.creditCode, task: vendor.task },
    })
    const word = what === 'declared' ? text('申报', 'declared') : text('撤回', 'withdrawn')
    await notices.send(tx, await identity.members(tx, grant.providerId, ['steward']), {
      kind: `grant.vendor-${what}`,
      title: text(`使用方${word.zh}技术服务单位：${vendor.name}`, `A vendor was ${word.en}: ${vendor.name}`),
      body: text(`办件 ${grant.caseNumber}。${vendor.task}`, `Case ${grant.caseNumber}. ${vendor.task}`),
      link: `/desk/grants/${grant.id}`,
    })
  }

  return {
    article,

    async list(session: Session, grantId: string) {
      const grant = await sharing.requireGrant(session, grantId)
      const vendors = await store.vendorsOf(database.db, grantId)
      return { vendors, canDeclare: sharing.isLive(grant) && mayDeclare(session, grant) }
    },

    async declare(
      session: Session,
      grantId: string,
      given: { name: string; creditCode: string; task: string },
    ): Promise<store.Vendor> {
      const grant = await requireHeld(session, grantId)
      const creditCode = given.creditCode.normalize('NFKC').replace(/\s/g, '').toUpperCase()
      const message = text(
        '统一社会信用代码不符合 GB 32100，请核对',
        'This is no unified social credit code (GB 32100)',
      )
      if (!isCreditCode(creditCode))
        throw new Problem('content-incomplete', {
          condition: message,
          errors: [{ path: 'creditCode', message }],
        })
      if (!sharing.isLive(grant))
        throw new Problem('act-not-available', {
          article,
          condition: text('使用许可不在有效期内', 'The grant is not live'),
        })
      const vendor = {
        ...given,
        creditCode,
        id: newId(),
        grantId,
        declaredAt: clock.now(),
        withdrawnAt: null,
      }
      await database.inTransaction(async (tx) => {
        if ((await store.vendorsOf(tx, grantId)).length >= store.mostVendors)
          throw new Problem('act-not-available', {
            condition: text(
              `一项使用许可至多申报 ${store.mostVendors} 个技术服务单位，撤回的也计算在内`,
              `A grant takes ${store.mostVendors} declarations of vendors at most, withdrawn ones included`,
            ),
          })
        if (!(await store.insertVendor(tx, vendor)))
          throw new Problem('act-not-available', {
            condition: text('该单位已经申报', 'That vendor is declared already'),
          })
        await tell(tx, session, grant, vendor, 'declared')
      })
      return vendor
    },

    async withdraw(session: Session, grantId: string, vendorId: string): Promise<store.Vendor> {
      const grant = await requireHeld(session, grantId)
      return database.inTransaction(async (tx) => {
        const vendor = await store.withdrawVendor(tx, grantId, vendorId, clock.now())
        if (vendor === undefined)
          throw new Problem('act-not-available', {
            condition: text(
              '没有这一申报，或者此前已经撤回',
              'There is no such declaration, or it was withdrawn',
            ),
          })
        await tell(tx, session, grant, vendor, 'withdrawn')
        return vendor
      })
    },
  }
}
