import * as contract from '@tiaoli/contract/collection'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type Scope = 'own' | 'addressed' | 'all'
export const usePlans = (scope: Scope) => usePages(contract.listPlans, { query: { scope } })
export const usePlan = (planId: string) => useRoute(contract.getPlan, { params: { planId } })
export const useCreatePlan = () => useAct(contract.createPlan)
export const useChangePlan = () => useAct(contract.changePlan)
export const useRegister = () => useAct(contract.registerPlan)
export const useEnd = () => useAct(contract.endPlan)
export const useObject = () => useAct(contract.objectToPlan)
export const useDuties = () => usePages(contract.listCollectionDuties, {})
export const useAssign = () => useAct(contract.assignCollectionDuty)
export const useDecide = () => useAct(contract.decideCollectionConflict)
