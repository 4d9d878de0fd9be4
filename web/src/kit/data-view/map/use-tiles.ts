import { getMapSettings } from '@tiaoli/contract/platform'
import { useRoute } from '../../api.ts'

const untilReload = { staleTime: Number.POSITIVE_INFINITY }

/** The base map that the installation has been given; null where it has none, undefined until that is known. */
export function useTiles() {
  const { data, error } = useRoute(getMapSettings, {}, untilReload)
  // Without an answer the map stands on its grid.
  return error ? null : data?.tiles
}
