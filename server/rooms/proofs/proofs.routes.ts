import { getDeliveryProof } from '@tiaoli/contract/proofs'
import { text } from '@tiaoli/kernel/text'
import { isStorable, type Mount } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Proofs } from './proofs.service.ts'

export function mountProofs(mount: Mount, proofs: Proofs, identity: Identity): void {
  mount(getDeliveryProof, async ({ params, query }) => {
    const proof = isStorable(params.code) ? await proofs.find(params.code) : undefined
    if (proof === undefined)
      throw new Problem('not-found', {
        condition: text('没有这一校验码', 'There is no such code'),
        remedy: text(
          '请核对校验码；文件未完整下载的，没有生成校验码',
          'Check the code; a file that did not arrive whole has none',
        ),
      })
    const name = identity.organisation(proof.providerId)?.name ?? text(proof.providerId, proof.providerId)
    return {
      code: proof.code,
      article: proof.article,
      entry: { id: proof.entryId, title: proof.title },
      source: { id: proof.providerId, name },
      version: proof.snapshotNumber,
      issuedAt: proof.issuedAt.toISOString(),
      sha256: proof.sha256,
      sizeBytes: proof.sizeBytes,
      recordId: proof.recordId,
      matches: query.sha256 === undefined ? null : query.sha256.toLowerCase() === proof.sha256,
    }
  })
}
