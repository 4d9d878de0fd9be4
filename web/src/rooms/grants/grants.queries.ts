import { getGrant, listGrants, revokeGrant } from '@tiaoli/contract/cases'
import {
  declareGrantVendor,
  getGrantTracing,
  listGrantVendors,
  resumeGrant,
  suspendGrant,
  withdrawGrantVendor,
} from '@tiaoli/contract/grants'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type GrantSide = 'held' | 'given' | 'overseen'

export const useGrants = (
  side: GrantSide,
  standing: 'current' | 'all',
  between: { readonly provider?: string; readonly holder?: string },
) => usePages(listGrants, { query: { side, standing, ...between } })
export const useGrant = (grantId: string) => useRoute(getGrant, { params: { grantId } })
export const useGrantTracing = (grantId: string) => useRoute(getGrantTracing, { params: { grantId } })
export const useRevokeGrant = () => useAct(revokeGrant)
export const useSuspendGrant = () => useAct(suspendGrant)
export const useResumeGrant = () => useAct(resumeGrant)
export const useVendors = (grantId: string) => useRoute(listGrantVendors, { params: { grantId } })
export const useDeclareVendor = () => useAct(declareGrantVendor)
export const useWithdrawVendor = () => useAct(withdrawGrantVendor)
