import type { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/deliveries'
import { text } from '@tiaoli/kernel/text'
import { fileOf, type Mount } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import { type Lake, LakeError, markOfFile } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Deliveries } from './deliveries.ts'

/** Larger than any file that is looked into by hand. */
const mostBytes = 200 * 1024 * 1024

export function mountDeliveries(
  mount: Mount,
  deps: {
    readonly deliveries: Deliveries
    readonly identity: Identity
    readonly lake: Pick<Lake, 'stage' | 'discard'>
    readonly agreementOf: (grantId: string) => Promise<{ id: string; number: string } | undefined>
  },
): void {
  const { deliveries, identity, lake, agreementOf } = deps

  /** The file is looked at and thrown away. */
  async function look(stream: Readable, fileName: string) {
    const staged = await lake.stage(stream, { fileName, maxBytes: mostBytes }).catch((error: unknown) => {
      if (!(error instanceof LakeError)) throw error
      const code = error.code === 'too-large' ? 'too-large' : 'file-unreadable'
      throw new Problem(code, { condition: error.public }, error)
    })
    try {
      return { sha256: staged.sha256, mark: await markOfFile(staged.path) }
    } finally {
      await lake.discard(staged)
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
    const { sha256, mark } = await look(stream, fileName)
    const traced = await deliveries.trace(session, mark, sha256)
    if (traced === undefined) return { sha256, mark: mark ?? null, delivery: null }
    const { delivery, entry } = traced
    const organisation =
      delivery.organisationId === null ? undefined : identity.organisation(delivery.organisationId)
    const names = await identity.userNames(delivery.userId === null ? [] : [delivery.userId])
    const agreement = delivery.grantId === null ? undefined : await agreementOf(delivery.grantId)
    return {
      sha256,
      mark: mark ?? null,
      delivery: {
        foundBy: delivery.mark === mark ? ('mark' as const) : ('digest' as const),
        entry: { id: entry.id, title: entry.content.title },
        receiver: {
          organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
          name: names.get(delivery.userId ?? '') ?? null,
        },
        grantId: delivery.grantId,
        agreement: agreement ? { id: agreement.id, number: agreement.number } : null,
        scenario: delivery.scenario,
        fields: [...delivery.fields],
        at: delivery.at.toISOString(),
        recordId: delivery.recordId,
      },
    }
  })
}
