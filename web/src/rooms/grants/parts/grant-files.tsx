import type { Grant } from '@tiaoli/contract/cases'
import { urlOf } from '@tiaoli/contract/client'
import {
  type CsvEncoding,
  collectExport,
  csvEncodings,
  type Export,
  exportFormats,
} from '@tiaoli/contract/exports'
import { useId, useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { formatBytes, formatMoment, formatNumber } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useDropExport, useExports, useStartExport } from '../grants.queries.ts'

/** Files of the granted data, made in the background for whoever asks. */
export function GrantFiles({ grant }: { grant: Grant }) {
  const { t } = useDeskText()
  const id = useId()
  const reading = useExports(grant.id)
  const start = useStartExport()
  const [format, setFormat] = useState<Export['format']>('csv')
  const [encoding, setEncoding] = useState<CsvEncoding>('utf-8-bom')
  return (
    <Section title={t.exports.title} note={t.exports.lead}>
      <div className="stack">
        <Field id={id} label={t.exports.format}>
          <Select
            id={id}
            value={format}
            options={exportFormats.map((each) => ({ value: each, label: each.toUpperCase() }))}
            onChange={(value) => setFormat(value as Export['format'])}
          />
        </Field>
        {format === 'csv' && (
          <Field id={`${id}-encoding`} label={t.exports.encoding}>
            <Select
              id={`${id}-encoding`}
              value={encoding}
              options={csvEncodings.map((each) => ({ value: each, label: t.exports.encodings[each] }))}
              onChange={(value) => setEncoding(value as CsvEncoding)}
            />
          </Field>
        )}
        <div>
          <Button
            busy={start.isPending}
            onClick={() =>
              start.mutate({
                params: { entryId: grant.entry.id },
                body: {
                  format,
                  ...(format === 'csv' && { encoding }),
                  grant: grant.id,
                  scenario: grant.scenario,
                },
              })
            }
          >
            {t.exports.start}
          </Button>
        </div>
        {start.error && <Failure error={start.error} />}
        <Await reading={reading} lines={2}>
          {({ items }) => (items.length === 0 ? null : <Files items={items} />)}
        </Await>
      </div>
    </Section>
  )
}

function Files({ items }: { items: readonly Export[] }) {
  const { t, say, language } = useDeskText()
  const drop = useDropExport()
  const told = (file: Export): string =>
    file.refusal === null ? t.exports.ofState[file.state] : say(file.refusal.condition)
  const size = ({ rows, sizeBytes }: Export): string =>
    rows === null || sizeBytes === null
      ? ''
      : `${t.exports.rows(formatNumber(rows, language))} · ${formatBytes(sizeBytes)}`
  return (
    <Table
      caption={t.exports.title}
      rows={items}
      rowKey={(file) => file.id}
      columns={[
        { key: 'format', title: t.exports.format, cell: ({ format }) => format.toUpperCase() },
        { key: 'askedAt', title: t.exports.askedAt, cell: ({ askedAt }) => formatMoment(askedAt) },
        { key: 'state', title: t.exports.state, cell: told },
        { key: 'size', title: t.exports.size, cell: size },
        {
          key: 'expires',
          title: t.exports.expiresAt,
          cell: ({ expiresAt }) => expiresAt && formatMoment(expiresAt),
        },
        {
          key: 'act',
          title: '',
          cell: (file) => (
            <span className="row">
              {file.state === 'ready' && (
                <a href={urlOf(collectExport, { exportId: file.id })} download>
                  {t.exports.collect}
                </a>
              )}
              <Button small onClick={() => drop.mutate({ params: { exportId: file.id } })}>
                {t.exports.drop}
              </Button>
            </span>
          ),
        },
      ]}
    />
  )
}
