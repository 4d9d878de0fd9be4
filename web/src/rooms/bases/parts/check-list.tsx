import type { checkAgainstBase } from '@tiaoli/contract/bases'
import { useState } from 'react'
import type { z } from 'zod'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { answerOf, linesOf, textQuestion } from '../../../kit/ask.ts'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useCheck } from '../bases.queries.ts'

type Outcome = z.infer<(typeof checkAgainstBase)['answer']>

/** A list of one's own against the base: what is known, what is proposed by name, what nobody has. */
export function CheckList({ baseKey }: { baseKey: string }) {
  const { t } = usePortalText()
  const check = useCheck()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const said = (value: string) => ({ zh: value, en: value })
  return (
    <div className="stack">
      <ActDrawer
        title={t.bases.check}
        draftKey={`base.${baseKey}.check`}
        fields={[
          textQuestion('rows', said(t.bases.rows), { help: said(t.bases.rowsHelp), maxLength: 60_000 }),
          textQuestion('nameField', said(t.bases.nameField), { required: false, maxLength: 100 }),
          textQuestion('scenario', said(t.bases.scenario), { required: false }),
        ]}
        onSubmit={async (content) => {
          const rows = linesOf(answerOf(content, 'rows')).map((line) => {
            const [key = '', name = ''] = line.split(/[|｜]/).map((part) => part.trim())
            return { key, name }
          })
          const [nameField, scenario] = [answerOf(content, 'nameField'), answerOf(content, 'scenario')]
          setOutcome(
            await check.mutateAsync({
              params: { baseKey },
              body: {
                rows,
                ...(nameField === '' ? {} : { nameField }),
                ...(scenario === '' ? {} : { scenario }),
              },
            }),
          )
        }}
      />
      {outcome && (
        <>
          <p role="status">
            {t.bases.result(outcome.matched, outcome.proposed, outcome.unmatched)}{' '}
            <ReceiptLink recordId={outcome.recordId} />
          </p>
          <Table
            caption={t.bases.check}
            rows={outcome.rows}
            rowKey={({ row }) => String(row)}
            columns={[
              { key: 'row', title: t.bases.row, numeric: true, cell: (one) => one.row },
              { key: 'state', title: t.bases.state, cell: (one) => t.bases.states[one.state] },
              { key: 'key', title: t.bases.proposedKey, width: 'unbroken', cell: (one) => one.key ?? '' },
            ]}
          />
        </>
      )}
    </div>
  )
}
