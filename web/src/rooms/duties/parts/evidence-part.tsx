import { urlOf } from '@tiaoli/contract/client'
import { type Duty, getDutyEvidence } from '@tiaoli/contract/duties'
import { useState } from 'react'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { formatBytes, formatMoment } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAddDutyEvidence } from '../duties.queries.ts'

/** What was filed, with the digest that its record holds; owners add to it here. */
export function EvidencePart({ duty }: { duty: Duty }) {
  const { t, say } = usePortalText()
  return (
    <Section title={t.duties.evidence} note={t.duties.formats}>
      <div className="stack">
        {duty.evidence.length === 0 ? (
          <p className="quiet">{t.duties.noEvidence}</p>
        ) : (
          <Table
            caption={t.duties.evidence}
            rows={duty.evidence}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'file',
                title: t.duties.file,
                cell: ({ id, fileName, sizeBytes }) => (
                  <>
                    <a href={urlOf(getDutyEvidence, { obligation: duty.id, evidenceId: id })}>{fileName}</a>{' '}
                    <span className="quiet small">{formatBytes(sizeBytes)}</span>
                  </>
                ),
              },
              { key: 'note', title: t.duties.note, cell: ({ note }) => note },
              {
                key: 'by',
                title: t.duties.filedBy,
                cell: ({ by, organisation }) => `${organisation ? say(organisation.name) : ''} ${by}`,
              },
              { key: 'at', title: t.duties.at, width: 'unbroken', cell: ({ at }) => formatMoment(at) },
              {
                key: 'for',
                title: t.duties.forDate,
                width: 'unbroken',
                cell: ({ forDueOn }) => forDueOn ?? t.duties.noDate,
              },
              {
                key: 'digest',
                title: t.duties.digest,
                cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}…</code>,
              },
            ]}
          />
        )}
        {duty.allowed.addEvidence && <Add duty={duty} />}
      </div>
    </Section>
  )
}

function Add({ duty }: { duty: Duty }) {
  const { t } = usePortalText()
  const add = useAddDutyEvidence()
  const [note, setNote] = useState('')
  const [lacksNote, setLacksNote] = useState(false)
  return (
    <div className="stack">
      <AskedLine
        id="evidence-note"
        label={t.duties.note}
        help={t.duties.noteHelp}
        {...(lacksNote ? { error: t.duties.noteFirst } : {})}
        maxLength={500}
        value={note}
        onChange={setNote}
      />
      {add.error && <Failure error={add.error} />}
      <ChooseFile
        primary
        busy={add.isPending}
        testId="evidence-file"
        mayChoose={() => {
          setLacksNote(note.trim() === '')
          return note.trim() !== ''
        }}
        onChoose={(file) =>
          add.mutate(
            { params: { obligation: duty.id }, query: { filename: file.name, note }, file },
            { onSuccess: () => setNote('') },
          )
        }
      />
    </div>
  )
}
