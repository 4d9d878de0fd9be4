import {
  getArticle,
  getCoverage,
  listObligations,
  listProcedures,
  listRulebookVersions,
} from '@tiaoli/contract/rulebook'
import { useRoute } from '../../kit/api.ts'

const untilReload = { staleTime: Number.POSITIVE_INFINITY }

export const useArticle = (article: string) => useRoute(getArticle, { params: { article } })
export const useProcedures = () => useRoute(listProcedures, {}, untilReload)
/** An article has far fewer obligations than one page holds. */
export const useObligations = (article: string) =>
  useRoute(listObligations, { query: { article, limit: 200 } }, untilReload)
export const useCoverage = () => useRoute(getCoverage, {}, untilReload)
export const useVersions = () => useRoute(listRulebookVersions, {})
