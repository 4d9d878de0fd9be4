import { addCaseAttachment, addCaseComment, getCasePapers } from '@tiaoli/contract/casefiles'
import { actOnCase, getCase, listCases, openCase } from '@tiaoli/contract/cases'
import { getAccessPlan, getEntry } from '@tiaoli/contract/catalogue'
import { getGrantRenewal, renewGrant } from '@tiaoli/contract/grants'
import { previewOpening } from '@tiaoli/contract/openings'
import { listProcedures } from '@tiaoli/contract/rulebook'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type Box = 'inbox' | 'mine' | 'all'

export const useCases = (query: { box: Box }) => usePages(listCases, { query })
export const useCase = (caseId: string) => useRoute(getCase, { params: { caseId } })
export const useActOnCase = () => useAct(actOnCase)
export const useOpenCase = () => useAct(openCase)
export const useCaseEntry = (entryId: string) => useRoute(getEntry, { params: { entryId } })
export const useOpening = (procedure: string, entryId: string | null) =>
  useRoute(previewOpening, { params: { procedure }, query: entryId ? { entry: entryId } : {} })
export const usePlan = (entryId: string) => useRoute(getAccessPlan, { params: { entryId } })
export const useGrantStart = (grantId: string | null) =>
  useRoute(getGrantRenewal, { params: { grantId: grantId ?? '' } }, { enabled: grantId !== null })
export const useRenewGrant = () => useAct(renewGrant)
export const useProcedures = () => useRoute(listProcedures, {})
export const usePapers = (caseId: string) => useRoute(getCasePapers, { params: { caseId } })
export const useAddComment = () => useAct(addCaseComment)
export const useAddAttachment = () => useAct(addCaseAttachment)
/** The cases behind a figure. */
export const useCounted = (query: Record<string, unknown>) =>
  usePages(listCases, { query: { ...query, box: 'all' } })
