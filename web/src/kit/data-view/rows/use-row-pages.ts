import { listRows } from '@tiaoli/contract/gateway'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { call } from '../../api.ts'
import type { Use } from '../use.types.ts'
import { createRowPages, type RowPages, type RowsKnown } from './row-pages.ts'

type Asked = {
  readonly entryId: string
  readonly use: Use
  readonly where: readonly string[]
  readonly sort: string
  /** Names separated by commas; all that may be seen where empty. */
  readonly fields: string
}

/** Rows of one page: few enough for a phone, many enough that a quick scroll asks once a second or so. */
const pageRows = 200

const nothingYet: RowsKnown = { columns: null, total: null, reached: 0, ended: false, error: null }
const never = () => () => undefined

/** The rows of one query, read as they are looked at. All pages are of the snapshot that the first one came from. */
export function useRowPages(asked: Asked): { pages: RowPages | null; known: RowsKnown } {
  const [pages, setPages] = useState<RowPages | null>(null)
  const key = JSON.stringify(asked)
  useEffect(() => {
    const { entryId, ...query } = JSON.parse(key) as Asked
    let snapshot: string | undefined
    const opened = createRowPages(async (cursor, signal) => {
      const { use, where, sort, fields } = query
      const answer = await call(listRows, {
        params: { entryId },
        query: {
          ...use,
          where: [...where],
          ...(sort === '' ? {} : { sort }),
          ...(fields === '' ? {} : { fields }),
          ...(cursor === null ? {} : { cursor }),
          ...(snapshot === undefined ? {} : { snapshot }),
          limit: pageRows,
        },
        signal,
      })
      snapshot = answer.snapshot.id
      return answer
    })
    setPages(opened)
    opened.want(0, 0)
    return () => {
      opened.close()
      setPages(null)
    }
  }, [key])
  const known = useSyncExternalStore(pages?.subscribe ?? never, () => pages?.known() ?? nothingYet)
  return { pages, known }
}
