import { QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type CallInput, createClient, ProblemError } from '@tiaoli/contract/client'
import type { Route } from '@tiaoli/contract/route'
import type { z } from 'zod'

/** A view in somebody else's page is a visitor's, whoever looks at it: it never shows what only its reader may see. */
const embedded = typeof window !== 'undefined' && window.location.pathname.startsWith('/embed/')

export const call = createClient({
  baseUrl: '',
  ...(embedded
    ? { fetch: (url: Parameters<typeof fetch>[0], init) => fetch(url, { ...init, credentials: 'omit' }) }
    : {}),
})

type Answer<R extends Route> = R['answer'] extends z.ZodType ? z.output<R['answer']> : Response
type Page<R extends Route> = Answer<R> & { nextCursor: string | null }

/** A lawful refusal or a wrong address does not change by asking again; a broken line may. */
const worthRetrying = (count: number, error: Error): boolean =>
  count < 2 && !(error instanceof ProblemError && error.problem.status < 500)

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: worthRetrying, refetchOnWindowFocus: true } },
})

type ReadOptions<A> = {
  enabled?: boolean
  staleTime?: number
  refetchInterval?: (answer: A | undefined) => number | false
}

/** Reads a route before anything asks for it; `useRoute` then has the answer at once, and reads again what failed. */
export async function readAhead<R extends Route>(route: R, input: CallInput<R>): Promise<void> {
  await queryClient.prefetchQuery({
    queryKey: [route.id, input],
    queryFn: () => call(route, input),
  })
}

/** Reads a route of the contract and remembers the answer. */
export function useRoute<R extends Route>(
  route: R,
  input: CallInput<R>,
  options: ReadOptions<Answer<R>> = {},
) {
  const { refetchInterval, ...rest } = options
  return useQuery<Answer<R>>({
    queryKey: [route.id, input],
    queryFn: async ({ signal }) => (await call(route, { ...input, signal })) as Answer<R>,
    ...(refetchInterval ? { refetchInterval: (query) => refetchInterval(query.state.data) } : {}),
    ...rest,
  })
}

/** Reads a route that is paged by cursor, one page after the other on demand. */
export function usePages<R extends Route>(
  route: R,
  input: CallInput<R>,
  options: { enabled?: boolean } = {},
) {
  const given = input as { query?: Record<string, unknown> }
  return useInfiniteQuery({
    queryKey: [route.id, 'pages', input],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam === null ? given.query : { ...given.query, cursor: pageParam }
      return (await call(route, { ...input, query, signal } as CallInput<R>)) as Page<R>
    },
    getNextPageParam: (page: Page<R>) => page.nextCursor,
    ...options,
  })
}

/** Does an act and forgets what it may have changed: lists and details are read again. */
export function useAct<R extends Route>(route: R) {
  const client = useQueryClient()
  return useMutation<Answer<R>, Error, CallInput<R>>({
    mutationFn: async (input) => (await call(route, input)) as Answer<R>,
    onSuccess: () => client.invalidateQueries(),
  })
}
