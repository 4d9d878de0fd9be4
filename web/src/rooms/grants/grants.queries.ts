import { getGrant, listGrants, revokeGrant } from '@tiaoli/contract/cases'
import { resumeGrant, suspendGrant } from '@tiaoli/contract/grants'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type GrantSide = 'held' | 'given' | 'overseen'

export const useGrants = (side: GrantSide, standing: 'current' | 'all') =>
  usePages(listGrants, { query: { side, standing } })
export const useGrant = (grantId: string) => useRoute(getGrant, { params: { grantId } })
export const useRevokeGrant = () => useAct(revokeGrant)
export const useSuspendGrant = () => useAct(suspendGrant)
export const useResumeGrant = () => useAct(resumeGrant)
