import { getArticle, listProcedures } from '@tiaoli/contract/rulebook'
import { useRoute } from '../../kit/api.ts'

export const useArticle = (article: string) => useRoute(getArticle, { params: { article } })
export const useProcedures = () => useRoute(listProcedures, {}, { staleTime: Number.POSITIVE_INFINITY })
