import { currentSession } from '@tiaoli/contract/identity'
import { useRoute } from './api.ts'

/** Who is signed in, what waits and how many notices are unread. */
export const useSession = () => useRoute(currentSession, {}, { staleTime: 30_000 })
