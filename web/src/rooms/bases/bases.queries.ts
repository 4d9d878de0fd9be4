import * as contract from '@tiaoli/contract/bases'
import { useAct, useRoute } from '../../kit/api.ts'

export const useBases = () => useRoute(contract.listBases, {})
export const useBase = (baseKey: string) => useRoute(contract.getBase, { params: { baseKey } })
export const useAddBase = () => useAct(contract.addBase)
export const useSetLead = () => useAct(contract.setBaseLead)
export const useAttach = () => useAct(contract.attachToBase)
export const useDetach = () => useAct(contract.detachFromBase)
export const useCheck = () => useAct(contract.checkAgainstBase)
