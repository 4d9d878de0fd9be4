import {
  createApiKey,
  listApiKeys,
  listNotices,
  listOrganisations,
  readNotices,
  revokeApiKey,
  signIn,
} from '@tiaoli/contract/identity'
import { getRegistrationTerms, register } from '@tiaoli/contract/registration'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export const useSignIn = () => useAct(signIn)
export const useOrganisations = () => usePages(listOrganisations, {})
export const useApiKeys = () => usePages(listApiKeys, {})
export const useCreateApiKey = () => useAct(createApiKey)
export const useRevokeApiKey = () => useAct(revokeApiKey)
export const useNotices = () => usePages(listNotices, {})
export const useReadNotices = () => useAct(readNotices)
export const useRegister = () => useAct(register)
export const useRegistrationTerms = () => useRoute(getRegistrationTerms, {})
