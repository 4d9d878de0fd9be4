import * as contract from '@tiaoli/contract/grants'
import type { Mount } from '../../foundations/http/index.ts'
import type { Vendor } from './vendors.store.ts'
import type { Vendors } from './vendors.ts'

const show = ({ id, name, creditCode, task, declaredAt, withdrawnAt }: Vendor) => ({
  id,
  name,
  creditCode,
  task,
  declaredAt: declaredAt.toISOString(),
  withdrawnAt: withdrawnAt?.toISOString() ?? null,
})

export function mountVendors(mount: Mount, vendors: Vendors): void {
  mount(contract.listGrantVendors, async ({ params, session }) => {
    const { vendors: found, canDeclare } = await vendors.list(session, params.grantId)
    return { items: found.map(show), canDeclare, article: vendors.article }
  })
  mount(contract.declareGrantVendor, async ({ params, body, session }) =>
    show(await vendors.declare(session, params.grantId, body)),
  )
  mount(contract.withdrawGrantVendor, async ({ params, session }) =>
    show(await vendors.withdraw(session, params.grantId, params.vendorId)),
  )
}
