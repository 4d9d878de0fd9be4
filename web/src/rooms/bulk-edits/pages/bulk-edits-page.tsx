import { getBulkEditSheet } from '@tiaoli/contract/bulk-edits'
import { entryStatuses } from '@tiaoli/contract/catalogue'
import { urlOf } from '@tiaoli/contract/client'
import { useState } from 'react'
import { Link } from 'react-router'
import { Field, Select } from '../../../kit/field.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useBulkEdits } from '../bulk-edits.queries.ts'
import { SendSheet } from '../parts/send-sheet.tsx'

/** Entries taken out as a sheet and brought back, with the sheets that were brought back before. */
export default function BulkEditsPage() {
  const { t } = useDeskText()
  return (
    <Page title={t.bulkEdits.title} lead={t.bulkEdits.lead}>
      <Section title={t.bulkEdits.download} note={t.bulkEdits.downloadNote}>
        <Download />
      </Section>
      <Section title={t.bulkEdits.upload} note={t.bulkEdits.notStatutory}>
        <div className="stack">
          <p>{t.bulkEdits.uploadNote}</p>
          <SendSheet />
        </div>
      </Section>
      <Section title={t.bulkEdits.earlier}>
        <Earlier />
      </Section>
    </Page>
  )
}

function Download() {
  const { t } = useDeskText()
  const [theme, setTheme] = useState('')
  const [status, setStatus] = useState('')
  const narrowed = {
    ...(theme === '' ? {} : { theme }),
    ...(status === '' ? {} : { status: status as (typeof entryStatuses)[number] }),
  }
  const optionsOf = (words: Readonly<Record<string, string>>, all: string) => [
    { value: '', label: all },
    ...Object.entries(words).map(([value, label]) => ({ value, label })),
  ]
  const statuses = Object.fromEntries(entryStatuses.map((key) => [key, t.statuses[key]]))
  return (
    <div className="stack">
      <Field id="sheet-theme" label={t.bulkEdits.theme}>
        <Select
          id="sheet-theme"
          value={theme}
          options={optionsOf(t.themes, t.bulkEdits.allThemes)}
          onChange={setTheme}
        />
      </Field>
      <Field id="sheet-status" label={t.bulkEdits.status}>
        <Select
          id="sheet-status"
          value={status}
          options={optionsOf(statuses, t.bulkEdits.allStatuses)}
          onChange={setStatus}
        />
      </Field>
      <div>
        <a href={urlOf(getBulkEditSheet, {}, narrowed)} download>
          {t.bulkEdits.getSheet}
        </a>
      </div>
    </div>
  )
}

function Earlier() {
  const { t } = useDeskText()
  const pages = useBulkEdits()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading} lines={4}>
      {(read) => {
        const edits = read.flatMap(({ items }) => items)
        if (edits.length === 0) return <p className="quiet">{t.bulkEdits.none}</p>
        return (
          <div className="stack">
            <Table
              caption={t.bulkEdits.earlier}
              rows={edits}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: 'file',
                  title: t.bulkEdits.file,
                  cell: ({ id, fileName }) => <Link to={`/desk/bulk-edits/${id}`}>{fileName}</Link>,
                },
                { key: 'state', title: t.bulkEdits.state, cell: ({ state }) => t.bulkEdits.states[state] },
                { key: 'by', title: t.bulkEdits.by, cell: ({ by }) => by },
                {
                  key: 'at',
                  title: t.bulkEdits.at,
                  width: 'unbroken',
                  cell: ({ createdAt }) => formatMoment(createdAt),
                },
              ]}
            />
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )
}
