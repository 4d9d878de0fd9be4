import type { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/deliveries'
import { getGrantTracing } from '@tiaoli/contract/grants'
import { text } from '@tiaoli/kernel/text'
import { fileOf, type Mount } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import { type Lake, LakeError } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Deliveries, Traced } from './deliveries.ts'
import type { Sharing } from './sharing.service.ts'
import type { Handed } from './tracing.ts'

/** Larger than any file that is looked into by hand. */
const mostBytes = 200 * 1024 * 1024

export function mountDeliveries(
  mount: Mount,
  deps: {
    readonly deliveries: Deliveries
    readonly sharing: Pick<Sharing, 'requireGrant' | 'mayRevoke'>
    readonly identity: Identity
    readonly lake: Pick<Lake, 'stage' | 'discard' | 'evidence'>
    readonly agreementOf: (grantId: string) => Promise<{ id: string; number: string } | undefined>
  },
): void {
  const { deliveries, sharing, identity, lake, agreementOf } = deps

  /** The file is looked at and thrown away. */
  async function look(stream: Readable, fileName: string) {
    const staged = await lake.stage(stream, { fileName, maxBytes: mostBytes }).catch((error: unknown) => {
      if (!(error instanceof LakeError)) throw error
      const code = error.code === 'too-large' ? 'too-large' : 'file-unreadable'
      throw new Problem(code, { condition: error.public }, error)
    })
    try {
      return { sha256: staged.sha256, evidence: await lake.evidence(staged) }
    } finally {
      await lake.discard(staged)
    }
  }

  async function receiverOf({ organisationId, userId }: Pick<Handed, 'organisationId' | 'userId'>) {
    const organisation = organisationId === null ? undefined : identity.organisation(organisationId)
    const names = await identity.userNames(userId === null ? [] : [userId])
    return {
      organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
      name: names.get(userId ?? '') ?? null,
    }
  }

  mount(contract.traceFile, async ({ query, session, request }) => {
    const { user } = session
    if (
      user?.organisation == null ||
      !user.powers.some((power) => power === 'officer' || power === 'steward')
    )
      throw new Problem('not-allowed', {
        condition: text(
          '由数据主管部门和数据提供单位查验',
          'Files are traced by the data authority and by providers',
        ),
      })
    const { stream, fileName } = await fileOf(request, query.filename)
    const { sha256, evidence } = await look(stream, fileName)
    const traced = await deliveries.trace(session, evidence, sha256)
    if (!traced.found) return { sha256, mark: evidence.mark ?? null, ...(await unnamed(traced)) }
    const { delivery, entry, by, agreement: agreeing, signs } = traced
    const agreement = delivery.grantId === null ? undefined : await agreementOf(delivery.grantId)
    return {
      sha256,
      mark: evidence.mark ?? null,
      delivery: {
        foundBy: by,
        evidence: agreeing,
        entry: { id: entry.id, title: entry.content.title },
        receiver: await receiverOf(delivery),
        grantId: delivery.grantId,
        agreement: agreement ? { id: agreement.id, number: agreement.number } : null,
        scenario: delivery.scenario,
        fields: [...delivery.fields],
        at: delivery.at.toISOString(),
        recordId: delivery.recordId,
        signs,
      },
      reason: null,
      carriers: agreeing?.carriers ?? 0,
      receivers: [],
    }
  })

  mount(getGrantTracing, async ({ params, session }) => {
    const grant = await sharing.requireGrant(session, params.grantId)
    if (!sharing.mayRevoke(session, grant))
      throw new Problem('not-allowed', {
        condition: text(
          '由给出数据的一方和数据主管部门查看',
          'It is told to those who give the data and to the data authority',
        ),
      })
    const { traceability, prose } = await deliveries.traceabilityOf(grant)
    return { traceability, runningText: [...prose] }
  })

  async function unnamed({ reason, carriers, receivers }: Extract<Traced, { found: false }>) {
    const views = receivers.map(async (each) => ({
      entry: { id: each.entry.id, title: each.entry.content.title },
      receiver: await receiverOf(each),
      grantId: each.grantId,
      files: each.files,
      lastAt: each.lastAt.toISOString(),
    }))
    return { delivery: null, reason, carriers, receivers: await Promise.all(views) }
  }
}
