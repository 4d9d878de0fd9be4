import { type Grant, getGrant, listGrants, revokeGrant } from '@tiaoli/contract/cases'
import { dropExport, type Export, listExports, startExport } from '@tiaoli/contract/exports'
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
/** For those who give: who receives need not be told what would not be found. */
export const useGrantTracing = ({ id, canRevoke }: Grant) =>
  useRoute(getGrantTracing, { params: { grantId: id } }, { enabled: canRevoke })
export const useRevokeGrant = () => useAct(revokeGrant)
export const useSuspendGrant = () => useAct(suspendGrant)
export const useResumeGrant = () => useAct(resumeGrant)
const underWay = ({ state }: Export) => state === 'waiting' || state === 'making'
/** Looks again while a file is being made. */
export const useExports = (grant: string) =>
  useRoute(
    listExports,
    { query: { grant } },
    { refetchInterval: (answer) => (answer?.items.some(underWay) ? 2_000 : false) },
  )
export const useStartExport = () => useAct(startExport)
export const useDropExport = () => useAct(dropExport)
export const useVendors = (grantId: string) => useRoute(listGrantVendors, { params: { grantId } })
export const useDeclareVendor = () => useAct(declareGrantVendor)
export const useWithdrawVendor = () => useAct(withdrawGrantVendor)
