import * as editions from '@tiaoli/contract/editions'
import * as rounds from '@tiaoli/contract/rounds'
import * as sectors from '@tiaoli/contract/sectors'
import * as specifications from '@tiaoli/contract/specifications'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export const useSpecifications = () => usePages(specifications.listSpecifications, {})
export const usePublishSpecification = () => useAct(specifications.publishSpecification)
export const useBehind = () => usePages(specifications.listEntriesBehind, {})

export const useCatalogues = () => useRoute(editions.listCatalogues, {})
export const useEditions = (catalogue: string, organisation?: string) =>
  usePages(editions.listEditions, {
    params: { catalogue },
    query: organisation === undefined ? {} : { organisation },
  })
export const useEdition = (editionId: string) => useRoute(editions.getEdition, { params: { editionId } })
export const usePublishEdition = () => useAct(editions.publishEdition)
export const useDue = (key: 'review' | 'release') => usePages(editions.listDue, { query: { key } })
export const useSetTarget = () => useAct(editions.setLocalTarget)

export const useSectors = () => useRoute(sectors.listSectors, {})
export const useSetSectorLead = () => useAct(sectors.setSectorLead)

export const useRounds = () => usePages(rounds.listRounds, {})
export const useRound = (roundId: string) => useRoute(rounds.getRound, { params: { roundId } })
export const useOpenRound = () => useAct(rounds.openRound)
export const useCloseRound = () => useAct(rounds.closeRound)
export const usePropose = () => useAct(rounds.proposeEntry)
export const useConfirmProposal = () => useAct(rounds.confirmProposal)
export const useDraftProposal = () => useAct(rounds.draftProposal)
export const useSubmitEntries = () => useAct(rounds.submitEntries)
export const useBusiness = (organisationId: string, enabled = true) =>
  usePages(rounds.listBusinessItems, { params: { organisationId } }, { enabled })
export const useCreateBusiness = () => useAct(rounds.createBusinessItem)
export const useObtained = (enabled = true) => usePages(rounds.listObtained, {}, { enabled })
export const useRecordObtained = () => useAct(rounds.recordObtained)
export const useLinkObtained = () => useAct(rounds.linkObtained)
