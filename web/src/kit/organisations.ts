import { listOrganisations } from '@tiaoli/contract/identity'
import { useEffect } from 'react'
import { usePages } from './api.ts'

/** Every registered organisation; the whole register is read, page by page. */
export function useEveryOrganisation() {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = usePages(listOrganisations, {
    query: { limit: 500 },
  })
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return { data: data?.pages.flatMap(({ items }) => items), error, refetch }
}
