import { useQuery } from '@tanstack/react-query'
import { getOpenApi } from '@tiaoli/contract/platform'
import { call } from '../../kit/api.ts'
import type { OpenApi } from './open-api.ts'

export const useOpenApi = () =>
  useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }) => (await (await call(getOpenApi, { signal })).json()) as OpenApi,
    staleTime: Number.POSITIVE_INFINITY,
  })
