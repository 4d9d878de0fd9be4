import {
  addDutyEvidence,
  assignDuty,
  type DutySummary,
  endDutyTarget,
  getDuty,
  listDuties,
  setDutyTarget,
} from '@tiaoli/contract/duties'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type DutyState = DutySummary['state']

export const useDuties = (box: 'mine' | 'all', state: DutyState | undefined) =>
  usePages(listDuties, { query: { box, ...(state ? { state } : {}) } })
export const useDuty = (obligation: string) => useRoute(getDuty, { params: { obligation } })
export const useAssignDuty = () => useAct(assignDuty)
export const useSetDutyTarget = () => useAct(setDutyTarget)
export const useEndDutyTarget = () => useAct(endDutyTarget)
export const useAddDutyEvidence = () => useAct(addDutyEvidence)
