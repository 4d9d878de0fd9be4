import { useQuery } from '@tanstack/react-query'
import { getAttestation } from '@tiaoli/contract/attestation'
import {
  explainRecord,
  getCheckpoint,
  getLedgerKey,
  listRecordKinds,
  listRecords,
} from '@tiaoli/contract/ledger'
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

/** All logs of the installation, their keys, witnesses and the daily index. */
export const useAttestation = () =>
  useQuery({ queryKey: ['attestation'], queryFn: ({ signal }) => call(getAttestation, { signal }) })

export type RecordSearch = Partial<
  Record<
    | 'entry'
    | 'case'
    | 'grant'
    | 'kind'
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

export const useRecordKinds = () => useRoute(listRecordKinds, {}, { staleTime: Number.POSITIVE_INFINITY })

export const useExplanation = (recordId: string) => useRoute(explainRecord, { params: { recordId } })
