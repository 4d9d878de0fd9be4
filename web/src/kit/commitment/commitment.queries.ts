import {
  getCommitmentText,
  liftBreach,
  listCommitments,
  publishCommitmentText,
  reportBreach,
  signCommitment,
} from '@tiaoli/contract/commitment'
import { useAct, usePages, useRoute } from '../api.ts'

export const useCommitmentText = () => useRoute(getCommitmentText, {})
export const useCommitments = (query: { entry?: string; grant?: string }, enabled = true) =>
  usePages(listCommitments, { query }, { enabled })
export const usePublishText = () => useAct(publishCommitmentText)
export const useSign = () => useAct(signCommitment)
export const useReportBreach = () => useAct(reportBreach)
export const useLift = () => useAct(liftBreach)
