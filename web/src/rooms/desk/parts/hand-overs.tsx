import type { HandOver } from '@tiaoli/contract/desk'
import { useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useEndHandOver, useHandOver, useHandOvers } from '../desk.queries.ts'

/** Who stands in for whom, and the form by which one's cases are handed over. */
export function HandOvers() {
  const { t } = usePortalText()
  return (
    <Section id="hand-overs" title={t.handOvers.title} note={t.handOvers.note}>
      <Await reading={useHandOvers()} lines={4}>
        {({ items, colleagues, canHandOver }) => (
          <div className="stack">
            {items.length === 0 ? <p className="quiet">{t.handOvers.none}</p> : <List items={items} />}
            {canHandOver && colleagues.length > 0 && <Make colleagues={colleagues} />}
            {canHandOver && colleagues.length === 0 && <p className="quiet">{t.handOvers.nobody}</p>}
          </div>
        )}
      </Await>
    </Section>
  )
}

function List({ items }: { items: readonly HandOver[] }) {
  const { t } = usePortalText()
  const end = useEndHandOver()
  return (
    <>
      {end.error && <Failure error={end.error} />}
      <Table
        caption={t.handOvers.title}
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          { key: 'from', title: t.handOvers.from, cell: ({ from }) => from.name },
          { key: 'to', title: t.handOvers.to, cell: ({ to }) => to.name },
          {
            key: 'days',
            title: t.handOvers.days,
            width: 'unbroken',
            cell: ({ fromOn, untilOn }) => `${formatDate(fromOn)} – ${formatDate(untilOn)}`,
          },
          { key: 'note', title: t.handOvers.about, cell: ({ note }) => note },
          {
            key: 'standing',
            title: t.handOvers.standing,
            cell: ({ standing }) => t.handOvers.standings[standing],
          },
          {
            key: 'end',
            title: t.handOvers.acts,
            cell: ({ id, canEnd }) =>
              canEnd && (
                <Button small onClick={() => end.mutate({ params: { handOverId: id } })}>
                  {t.handOvers.end}
                </Button>
              ),
          },
        ]}
      />
    </>
  )
}

function Make({ colleagues }: { colleagues: readonly { id: string; name: string }[] }) {
  const { t } = usePortalText()
  const make = useHandOver()
  const [toUserId, setTo] = useState('')
  const [fromOn, setFrom] = useState('')
  const [untilOn, setUntil] = useState('')
  const [note, setNote] = useState('')
  return (
    <Answers error={make.error}>
      <form
        className="stack"
        aria-label={t.handOvers.make}
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate({ body: { toUserId, fromOn, untilOn, note } }, { onSuccess: () => setTo('') })
        }}
      >
        <Field id="hand-over-to" path="toUserId" label={t.handOvers.to} help={t.handOvers.toHelp}>
          <Select
            id="hand-over-to"
            options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder={t.form.choose}
            value={toUserId}
            onChange={setTo}
          />
        </Field>
        <AskedLine
          id="hand-over-from"
          path="fromOn"
          label={t.handOvers.fromOn}
          type="date"
          value={fromOn}
          onChange={setFrom}
        />
        <AskedLine
          id="hand-over-until"
          path="untilOn"
          label={t.handOvers.untilOn}
          type="date"
          value={untilOn}
          onChange={setUntil}
        />
        <AskedLine
          id="hand-over-note"
          path="note"
          label={t.handOvers.about}
          optional
          maxLength={300}
          value={note}
          onChange={setNote}
        />
        {make.error && <Failure error={make.error} />}
        <div>
          <Button
            primary
            type="submit"
            busy={make.isPending}
            disabled={toUserId === '' || fromOn === '' || untilOn === ''}
          >
            {t.handOvers.make}
          </Button>
        </div>
      </form>
    </Answers>
  )
}
