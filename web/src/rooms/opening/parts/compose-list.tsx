import type { draftOpeningList } from '@tiaoli/contract/opening-lists'
import { useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Checkbox } from '../../../kit/controls/checkbox.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { Select } from '../../../kit/field.tsx'
import { Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { usePublishList } from '../opening.queries.ts'

type Draft = z.output<typeof draftOpeningList.answer>
type Candidate = Draft['candidates'][number]
type Line = { readonly plannedOn: string; readonly plannedType: string }

/** Chooses the entries of the next edition, says when and how, and why anything changes. */
export function ComposeList({ draft, year }: { draft: Draft; year: number | undefined }) {
  const { t, say } = usePortalText()
  const publish = usePublishList()
  const yearly = draft.chosen!.yearly
  const [lines, setLines] = useState<ReadonlyMap<string, Line>>(
    new Map(
      draft.candidates.flatMap(({ entryId, before }) =>
        before
          ? [[entryId, { plannedOn: before.plannedOn ?? '', plannedType: before.plannedType ?? '' }] as const]
          : [],
      ),
    ),
  )
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const put = (id: string, line: Line | null) => {
    const next = new Map(lines)
    if (line === null) next.delete(id)
    else next.set(id, line)
    setLines(next)
  }
  const changed = draft.needsReasons ? changesOf(draft, lines) : []
  const nothing: Line = { plannedOn: '', plannedType: '' }

  return (
    <div className="stack">
      {draft.scope === 'level' && <p>{t.lists.composeLevel}</p>}
      <Table
        caption={t.lists.compose}
        rows={draft.candidates}
        rowKey={({ entryId }) => entryId}
        columns={[
          ...(draft.scope === 'level' ? [] : [{ key: 'choose', title: t.lists.choose, cell: chooser }]),
          {
            key: 'title',
            title: t.lists.entry,
            cell: ({ entryId, title, obstacle, demands }) => (
              <>
                <Link to={`/entries/${entryId}`}>{title}</Link>
                {demands > 0 && <span className="quiet small"> · {t.lists.demands(demands)}</span>}
                {obstacle && <p className="quiet small">{say(obstacle)}</p>}
              </>
            ),
          },
          { key: 'type', title: t.lists.type, cell: ({ type }) => say(type.term) },
          ...(yearly ? [{ key: 'planned', title: t.lists.planned, cell: planned }] : []),
        ]}
      />
      {draft.removed.length > 0 && (
        <p>
          {t.lists.removedNow} {draft.removed.map(({ title }) => title).join(t.common.listSeparator)}
        </p>
      )}
      {changed.map(({ entryId, title }) => (
        <AskedLine
          key={entryId}
          id={`reason-${entryId}`}
          label={t.lists.reasonFor(title)}
          maxLength={1000}
          value={reasons[entryId] ?? ''}
          onChange={(value) => setReasons({ ...reasons, [entryId]: value })}
        />
      ))}
      {publish.error && <Failure error={publish.error} />}
      {publish.data && (
        <p role="status">
          {t.lists.published}{' '}
          <Link to={`/opening-lists/${publish.data.id}`}>{t.lists.edition(publish.data.edition)}</Link>
        </p>
      )}
      <div>
        <Button primary busy={publish.isPending} onClick={send}>
          {t.lists.publish}
        </Button>
      </div>
    </div>
  )

  function chooser({ entryId, title, obstacle }: Candidate) {
    return (
      <Checkbox
        aria-label={`${t.lists.choose} ${title}`}
        disabled={obstacle !== null && !lines.has(entryId)}
        checked={lines.has(entryId)}
        onChange={(event) => put(entryId, event.target.checked ? nothing : null)}
      />
    )
  }

  function planned({ entryId, title }: Candidate) {
    const line = lines.get(entryId)
    if (line === undefined) return null
    return (
      <span className="row">
        <Input
          type="date"
          aria-label={`${t.lists.plannedOn} ${title}`}
          value={line.plannedOn}
          onChange={(event) => put(entryId, { ...line, plannedOn: event.target.value })}
        />
        <Select
          aria-label={`${t.lists.plannedType} ${title}`}
          placeholder={t.form.choose}
          value={line.plannedType}
          options={draft.types.map(({ key, term }) => ({ value: key, label: say(term) }))}
          onChange={(plannedType) => put(entryId, { ...line, plannedType })}
        />
      </span>
    )
  }

  function send() {
    publish.mutate({
      body: {
        list: draft.chosen!.key,
        ...(yearly && year ? { year } : {}),
        lines:
          draft.scope === 'level'
            ? []
            : [...lines].map(([entryId, { plannedOn, plannedType }]) => ({
                entryId,
                ...(plannedOn ? { plannedOn } : {}),
                ...(plannedType ? { plannedType } : {}),
              })),
        reasons,
      },
    })
  }
}

/** What the new edition changes against the newest one: each change needs its reason. */
function changesOf(draft: Draft, lines: ReadonlyMap<string, Line>): { entryId: string; title: string }[] {
  const changed = draft.candidates.filter(({ entryId, before, type }) => {
    const line = lines.get(entryId)
    if (before === null) return line !== undefined
    if (line === undefined || before.typeKey !== type.key) return true
    return (before.plannedOn ?? '') !== line.plannedOn || (before.plannedType ?? '') !== line.plannedType
  })
  return [...changed, ...draft.removed]
}
