import type { OpeningLineView, OpeningListView } from '@tiaoli/contract/opening-lists'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatDate, formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { question } from '../../../kit/questions.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { opening as en } from '../../../text/en/opening.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { opening as zh } from '../../../text/zh/opening.ts'
import { useOpeningList, useStateOutcome } from '../opening.queries.ts'

export default function ListPage() {
  const { listId = '' } = useParams()
  return (
    <Await reading={useOpeningList(listId)} lines={10}>
      {(list) => <Found list={list} />}
    </Await>
  )
}

function Found({ list }: { list: OpeningListView }) {
  const { t, say } = usePortalText()
  const [stating, setStating] = useState<OpeningLineView | null>(null)
  const file = `/api/v1/opening-lists/${list.id}/export`
  return (
    <Page
      title={`${say(list.owner.name)} · ${say(list.list.name)}${list.year === null ? '' : ` · ${list.year}`}`}
      above={
        <>
          <Link to="/opening-lists">{t.lists.short}</Link> <ArticleChip article={list.list.article} />
        </>
      }
    >
      <Facts
        beside
        facts={[
          [t.lists.publishedAt, formatMoment(list.publishedAt)],
          [t.lists.editions, t.lists.edition(list.edition)],
          [t.lists.note, list.note],
          [
            t.lists.download,
            <span key="files" className="row">
              <a href={`${file}?format=json`}>{t.lists.json}</a>
              <a href={`${file}?format=csv`}>{t.lists.csv}</a>
            </span>,
          ],
        ]}
      />
      <Table
        caption={t.lists.lines}
        rows={list.items}
        rowKey={({ entryId }) => entryId}
        columns={[
          {
            key: 'title',
            title: t.lists.entry,
            cell: ({ entryId, title }) => <Link to={`/entries/${entryId}`}>{title}</Link>,
          },
          { key: 'number', title: t.lists.number, width: 'unbroken', cell: ({ number }) => number },
          { key: 'provider', title: t.lists.provider, cell: ({ provider }) => say(provider.name) },
          { key: 'type', title: t.lists.type, cell: ({ type }) => say(type.term) },
          { key: 'format', title: t.lists.format, cell: ({ format }) => format },
          {
            key: 'cycle',
            title: t.lists.cycle,
            cell: ({ updateCycle }) => updateCycle && t.cycles[updateCycle],
          },
          ...(list.list.yearly ? plannedColumns() : []),
        ]}
      />
      {stating && (
        <StateReason key={stating.entryId} list={list} line={stating} onDone={() => setStating(null)} />
      )}
      <Section title={t.lists.changeLog}>
        {list.changeLog.length === 0 ? (
          <p className="quiet">{t.lists.noChanges}</p>
        ) : (
          <Table
            caption={t.lists.changeLog}
            rows={list.changeLog}
            rowKey={({ entryId }) => entryId}
            columns={[
              { key: 'title', title: t.lists.entry, cell: ({ title }) => title },
              { key: 'change', title: t.lists.changes, cell: ({ change }) => t.lists.kinds[change] },
              { key: 'before', title: t.lists.before, cell: ({ before }) => before },
              { key: 'after', title: t.lists.after, cell: ({ after }) => after },
              { key: 'reason', title: t.lists.reason, width: 'roomy', cell: ({ reason }) => reason },
            ]}
          />
        )}
      </Section>
      <Section title={t.lists.editions}>
        <ul className="row">
          {list.editions.map((each) => (
            <li key={each.id}>
              <Link to={`/opening-lists/${each.id}`}>
                {t.lists.edition(each.edition)} · {formatDate(each.publishedAt)}
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  )

  function plannedColumns() {
    return [
      {
        key: 'planned',
        title: t.lists.planned,
        cell: ({ planned }: OpeningLineView) => planned && `${planned.on} · ${say(planned.type.term)}`,
      },
      {
        key: 'outcome',
        title: t.lists.outcome,
        cell: (line: OpeningLineView) => (
          <>
            {line.outcome?.opened ? t.lists.opened : (line.outcome?.reason ?? t.lists.waiting)}{' '}
            {list.mayState && !line.outcome?.opened && (
              <Button small onClick={() => setStating(line)}>
                {t.lists.state}
              </Button>
            )}
          </>
        ),
      },
    ]
  }
}

function StateReason({
  list,
  line,
  onDone,
}: {
  list: OpeningListView
  line: OpeningLineView
  onDone: () => void
}) {
  const { t } = usePortalText()
  const state = useStateOutcome()
  return (
    <ActForm
      name={`${t.lists.state}: ${line.title}`}
      fields={[question('reason', text(zh.lists.reason, en.lists.reason), { maxLength: 1000 })]}
      choosable={[]}
      draftKey={`not-opened.${list.id}.${line.entryId}`}
      submitLabel={t.lists.state}
      onCancel={onDone}
      onSubmit={async ({ reason }) => {
        await state.mutateAsync({
          params: { listId: list.id, entryId: line.entryId },
          body: { reason: String(reason) },
        })
        onDone()
      }}
    />
  )
}
