import {
  type AccountEventView,
  beginSecondFactor,
  changePassword,
  confirmSecondFactor,
  endOtherSessions,
  endSecondFactor,
  endSession,
  getAccount,
  listOwnEvents,
  listSessions,
  renewBackupCodes,
} from '@tiaoli/contract/account'
import {
  createApiKey,
  giveSecondFactor,
  listApiKeys,
  listNotices,
  listOrganisations,
  readNotices,
  revokeApiKey,
  signIn,
} from '@tiaoli/contract/identity'
import {
  actOnPerson,
  assignPowers,
  getSignInSetting,
  listAccountEvents,
  listPeople,
  makePerson,
  setSignInSetting,
} from '@tiaoli/contract/people'
import { getRegistrationTerms, register } from '@tiaoli/contract/registration'
import {
  addProvider,
  beginSignOn,
  changeProvider,
  completeSignOn,
  listLinks,
  listProviders,
  listSignOn,
  unlink,
} from '@tiaoli/contract/sign-on'
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

export const useSignOnOffered = () => useRoute(listSignOn, {})
export const useBeginSignOn = () => useAct(beginSignOn)
export const useCompleteSignOn = () => useAct(completeSignOn)
export const useGiveSecondFactor = () => useAct(giveSecondFactor)

export const useAccount = () => useRoute(getAccount, {})
export const useSessions = () => useRoute(listSessions, {})
export const useEndSession = () => useAct(endSession)
export const useEndOtherSessions = () => useAct(endOtherSessions)
export const useOwnEvents = () => usePages(listOwnEvents, {})
export const useChangePassword = () => useAct(changePassword)
export const useBeginSecondFactor = () => useAct(beginSecondFactor)
export const useConfirmSecondFactor = () => useAct(confirmSecondFactor)
export const useRenewBackupCodes = () => useAct(renewBackupCodes)
export const useEndSecondFactor = () => useAct(endSecondFactor)
export const useLinks = () => useRoute(listLinks, {})
export const useUnlink = () => useAct(unlink)

export const usePeople = (q: string) => usePages(listPeople, { query: q === '' ? {} : { q } })
export const useMakePerson = () => useAct(makePerson)
export const useAssignPowers = () => useAct(assignPowers)
export const useActOnPerson = () => useAct(actOnPerson)
export const useAccountEvents = (query: {
  person?: string
  kind?: AccountEventView['kind']
  from?: string
  until?: string
}) => usePages(listAccountEvents, { query })
export const useSignInSetting = () => useRoute(getSignInSetting, {})
export const useSetSignInSetting = () => useAct(setSignInSetting)
export const useProviders = () => useRoute(listProviders, { query: { limit: 100 } })
export const useAddProvider = () => useAct(addProvider)
export const useChangeProvider = () => useAct(changeProvider)
