import {
  endAgreement,
  fileAgreementTask,
  getAgreement,
  listAgreementModels,
  listAgreements,
  listAgreementTasks,
  orderCorrection,
  publishAgreementModel,
} from '@tiaoli/contract/agreements'
import { answerDemand, backDemand, fileDemand, listDemands, referDemand } from '@tiaoli/contract/demands'
import {
  draftOpeningList,
  getOpeningList,
  listOpeningLists,
  openingOverview,
  publishOpeningList,
  remindOfList,
  stateOutcome,
} from '@tiaoli/contract/opening-lists'
import {
  assessOpening,
  convertOpening,
  listReassessments,
  openingReport,
  restrictedEntries,
  setReassessment,
  unfulfilledOpening,
} from '@tiaoli/contract/opening-report'
import { checkResult, listResults, registerResult } from '@tiaoli/contract/results'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type AgreementBox = 'held' | 'concluded' | 'copies'

export const useAgreements = (box: AgreementBox) => usePages(listAgreements, { query: { box } })
export const useAgreement = (agreementId: string) => useRoute(getAgreement, { params: { agreementId } })
export const useOrderCorrection = () => useAct(orderCorrection)
export const useEndAgreement = () => useAct(endAgreement)
export const useAgreementTasks = (side: 'held' | 'concluded', enabled: boolean) =>
  useRoute(listAgreementTasks, { query: { side } }, { enabled })
export const useFileTask = () => useAct(fileAgreementTask)
export const useAgreementModels = () => useRoute(listAgreementModels, {})
export const usePublishModel = () => useAct(publishAgreementModel)

export type ResultBox = 'shown' | 'mine' | 'to-check' | 'of-our-data'
export const useResults = (box: ResultBox) => usePages(listResults, { query: { box } })
export const useRegisterResult = () => useAct(registerResult)
export const useCheckResult = () => useAct(checkResult)

export type DemandBox = 'all' | 'to-answer' | 'mine'
export const useDemands = (box: DemandBox) => usePages(listDemands, { query: { box } })
export const useFileDemand = () => useAct(fileDemand)
export const useBackDemand = () => useAct(backDemand)
export const useReferDemand = () => useAct(referDemand)
export const useAnswerDemand = () => useAct(answerDemand)

export const useOpeningLists = () => usePages(listOpeningLists, {})
export const useOpeningList = (listId: string) => useRoute(getOpeningList, { params: { listId } })
export const useListDraft = (list: string | undefined, year: number | undefined) =>
  useRoute(draftOpeningList, { query: { ...(list ? { list } : {}), ...(year ? { year } : {}) } })
export const usePublishList = () => useAct(publishOpeningList)
export const useStateOutcome = () => useAct(stateOutcome)
export const useOverview = (list: string, year: number | undefined) =>
  useRoute(openingOverview, { query: { list, ...(year ? { year } : {}) } })
export const useRemind = () => useAct(remindOfList)

export const useReport = () => useRoute(openingReport, {})
export const useRestricted = (organisationId: string) =>
  useRoute(restrictedEntries, { params: { organisationId } })
export const useUnfulfilled = (enabled: boolean) => useRoute(unfulfilledOpening, {}, { enabled })
export const useReassessments = () => useRoute(listReassessments, {})
export const useSetReassessment = () => useAct(setReassessment)
export const useAssess = () => useAct(assessOpening)
export const useConvert = () => useAct(convertOpening)
