import type { RowsAnswer } from '@tiaoli/contract/gateway'
import { useCallback } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { shapeInBrief } from './geometry-words.ts'
import type { Row } from './row-pages.ts'

export type CellColumn = Pick<RowsAnswer['columns'][number], 'name' | 'type'>

/** What a cell shows: a value as it is, a geometry in a few words. */
export function useCellText() {
  const { t } = usePortalText()
  return useCallback(
    (row: Row, { name, type }: CellColumn): string => {
      const value = row[name]
      if (value === null || value === undefined) return ''
      if (typeof value === 'boolean') return t.common.yesNo(value)
      const brief = type === 'geometry' ? shapeInBrief(String(value)) : null
      if (brief === null) return String(value)
      const { at, kind, positions } = brief
      return at === null ? t.looking.geometry[kind](positions) : t.looking.pointAt(at)
    },
    [t],
  )
}
