import { useQuery } from '@tanstack/react-query'
import { explainRecord, getCheckpoint, getLedgerKey, listRecords } from '@tiaoli/contract/ledger'
import { call, usePages, useRoute } from '../../kit/api.ts'

/** The checkpoint and the key to it, as the texts they are. */
export const useCheckpoint = () =>
  useQuery({
    queryKey: ['checkpoint'],
    queryFn: async ({ signal }) => {
      const [checkpoint, key] = await Promise.all([
        call(getCheckpoint, { signal }).then((answer) => answer.text()),
        call(getLedgerKey, { signal }).then((answer) => answer.text()),
      ])
      return { checkpoint, key: key.trim() }
    },
  })

export type RecordSearch = Partial<
  Record<
    | 'entry'
    | 'case'
    | 'grant'
    | 'accesses'
    | 'organisation'
    | 'outcome'
    | 'article'
    | 'key'
    | 'scenario'
    | 'from'
    | 'before',
    string
  >
>

export const useRecords = (query: RecordSearch) => usePages(listRecords, { query })

export const useExplanation = (recordId: string) => useRoute(explainRecord, { params: { recordId } })
