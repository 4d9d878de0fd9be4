import type { RowsAnswer } from '@tiaoli/contract/gateway'
import { useEffect, useRef } from 'react'
import { useText } from '../../../text/use-text.ts'
import { Button } from '../../controls/button.tsx'
import { Facts } from '../../facts.tsx'
import { formatNumber } from '../../formats.ts'
import type { Row } from './row-pages.ts'
import styles from './rows-grid.module.css'

type Column = RowsAnswer['columns'][number]

/** One row in full: what is cut in the list is whole here. Closing gives the focus back to the list. */
export function RowDetail(props: {
  row: Row
  index: number
  columns: readonly Column[]
  cellText: (row: Row, column: Column) => string
  onClose: () => void
}) {
  const { t, language } = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (!element?.open) element?.showModal()
  }, [])
  const title = t.looking.rowNumber(formatNumber(props.index + 1, language))
  return (
    <dialog ref={dialog} className={styles.detail} aria-label={title} onClose={props.onClose}>
      <div className="stack">
        <div className="row spread">
          <strong>{title}</strong>
          <Button small onClick={() => dialog.current?.close()}>
            {t.looking.close}
          </Button>
        </div>
        <Facts
          facts={props.columns.map((column) => [
            column.name,
            props.cellText(props.row, column) || t.data.noValue,
          ])}
        />
      </div>
    </dialog>
  )
}
