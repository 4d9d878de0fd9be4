import * as contract from '@tiaoli/contract/harvest'
import { callerOf } from '../../foundations/gateway/index.ts'
import type { Mount } from '../../foundations/http/index.ts'
import { nobody } from '../../foundations/identity/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import { dataPackageOf } from './data-package.rules.ts'
import type { InterfacesDeps } from './interfaces.deps.ts'
import { openToAll } from './open-to-all.ts'
import type { PublicEntries } from './public-entries.ts'

/** What is not open has no package: the gateway says why, as it would say to whoever asked for the rows. */
export function mountDataPackage(
  mount: Mount,
  entries: PublicEntries,
  { gateway, snapshot }: Pick<InterfacesDeps, 'gateway' | 'snapshot'>,
): void {
  mount(contract.getDataPackage, async ({ params, reply }) => {
    const entry = await entries.require(params.entryId)
    const plan = await gateway.plan(callerOf(nobody), entry.id, undefined, {})
    if (!plan.ok) throw refusalProblem('refused-by-law', plan.refusal)
    if (entry.downloads.length === 0) throw new Problem('no-snapshot')
    return openToAll(reply, 'application/json; charset=utf-8').send(
      dataPackageOf(entry, entry.snapshotId === null ? undefined : await snapshot(entry.snapshotId)),
    )
  })
}
