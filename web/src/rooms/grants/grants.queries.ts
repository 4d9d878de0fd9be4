import { getGrant, listGrants, revokeGrant } from '@tiaoli/contract/cases'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export const useGrants = (side: 'held' | 'given') => usePages(listGrants, { query: { side } })
export const useGrant = (grantId: string) => useRoute(getGrant, { params: { grantId } })
export const useRevokeGrant = () => useAct(revokeGrant)
