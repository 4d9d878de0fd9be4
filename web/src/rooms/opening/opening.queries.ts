import {
  endAgreement,
  fileAgreementTask,
  getAgreement,
  listAgreementModels,
  listAgreements,
  listAgreementTasks,
  publishAgreementModel,
} from '@tiaoli/contract/agreements'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type AgreementBox = 'held' | 'concluded' | 'copies'

export const useAgreements = (box: AgreementBox) => usePages(listAgreements, { query: { box } })
export const useAgreement = (agreementId: string) => useRoute(getAgreement, { params: { agreementId } })
export const useEndAgreement = () => useAct(endAgreement)
export const useAgreementTasks = (side: 'held' | 'concluded', enabled: boolean) =>
  useRoute(listAgreementTasks, { query: { side } }, { enabled })
export const useFileTask = () => useAct(fileAgreementTask)
export const useAgreementModels = () => useRoute(listAgreementModels, {})
export const usePublishModel = () => useAct(publishAgreementModel)
