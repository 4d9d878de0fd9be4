import { useEffect, useRef } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { Button } from '../../controls/button.tsx'
import { CopyButton } from '../../copy.tsx'
import { Facts } from '../../facts.tsx'
import { type CellColumn, useCellText } from './cell-text.ts'
import type { Row } from './row-pages.ts'
import styles from './rows-grid.module.css'

/** One row in full: what is cut in the list is whole here, a geometry to be copied. Closing gives the focus back. */
export function RowDetail(props: {
  row: Row
  title: string
  columns: readonly CellColumn[]
  onClose: () => void
}) {
  const { t } = usePortalText()
  const cellText = useCellText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (!element?.open) element?.showModal()
  }, [])
  const { row, title } = props
  const whole = (column: CellColumn) => {
    const words = cellText(row, column)
    const value = row[column.name]
    if (column.type !== 'geometry' || typeof value !== 'string' || words === value)
      return words || t.data.noValue
    return (
      <span className="row">
        {words} <CopyButton value={value} label={t.looking.copyGeometry} />
      </span>
    )
  }
  return (
    <dialog ref={dialog} className={styles.detail} aria-label={title} onClose={props.onClose}>
      <div className="stack">
        <div className="row spread">
          <strong>{title}</strong>
          <Button small onClick={() => dialog.current?.close()}>
            {t.looking.close}
          </Button>
        </div>
        <Facts facts={props.columns.map((column) => [column.name, whole(column)])} />
      </div>
    </dialog>
  )
}
