import {
  changeReply,
  endHandOver,
  handOver,
  keepReply,
  listHandOvers,
  listSavedReplies,
  removeReply,
} from '@tiaoli/contract/desk'
import {
  addHook,
  confirmMail,
  getChannels,
  makeFeed,
  removeHook,
  revokeFeed,
  setMail,
  stopMail,
} from '@tiaoli/contract/messages'
import { useAct, useRoute } from '../../kit/api.ts'

export const useHandOvers = () => useRoute(listHandOvers, {})
export const useHandOver = () => useAct(handOver)
export const useEndHandOver = () => useAct(endHandOver)
export const useReplies = () => useRoute(listSavedReplies, {})
export const useKeepReply = () => useAct(keepReply)
export const useChangeReply = () => useAct(changeReply)
export const useRemoveReply = () => useAct(removeReply)
export const useChannels = () => useRoute(getChannels, {})
export const useMakeFeed = () => useAct(makeFeed)
export const useRevokeFeed = () => useAct(revokeFeed)
export const useSetMail = () => useAct(setMail)
export const useConfirmMail = () => useAct(confirmMail)
export const useStopMail = () => useAct(stopMail)
export const useAddHook = () => useAct(addHook)
export const useRemoveHook = () => useAct(removeHook)
