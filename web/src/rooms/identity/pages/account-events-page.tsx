import { type AccountEventView, accountEventKinds } from '@tiaoli/contract/account'
import { useSearchParams } from 'react-router'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { endOfDay, startOfDay } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAccountEvents } from '../identity.queries.ts'
import { EventsTable } from '../parts/events-table.tsx'

/** The audit of accounts, for administrators and supervisors at the data authority of the city. */
export default function AccountEventsPage() {
  const { t } = useDeskText()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const person = search.get('person') ?? ''
  const kind = accountEventKinds.find((each) => each === search.get('kind'))
  const from = search.get('from') ?? ''
  const until = search.get('until') ?? ''
  const pages = useAccountEvents({
    ...(person && { person }),
    ...(kind && { kind }),
    ...(from && { from: startOfDay(from) }),
    ...(until && { until: endOfDay(until) }),
  })
  const { user } = session ?? {}
  // Receipts are for overseers; an administrator has those of their own acts.
  const mayProve = ({ by }: AccountEventView) =>
    (user?.powers.includes('supervisor') ?? false) || (by !== null && by.id === user?.id)
  const narrow = (name: 'person' | 'kind' | 'from' | 'until', value: string) =>
    setSearch(
      (before) => {
        if (value === '') before.delete(name)
        else before.set(name, value)
        return before
      },
      { replace: true },
    )
  return (
    <Page title={t.people.audit} lead={t.people.auditLead}>
      <div className="row" style={{ alignItems: 'end' }}>
        <Field id="kind" label={t.people.kind}>
          <Select
            id="kind"
            value={kind ?? ''}
            placeholder={t.people.allKinds}
            options={accountEventKinds.map((value) => ({ value, label: t.account.kinds[value] }))}
            onChange={(value) => narrow('kind', value)}
          />
        </Field>
        {(['from', 'until'] as const).map((name) => (
          <AskedLine
            key={name}
            id={name}
            label={t.people[name]}
            type="date"
            value={{ from, until }[name]}
            onChange={(value) => narrow(name, value)}
          />
        ))}
      </div>
      <Await reading={{ data: pages.data?.pages, error: pages.error, refetch: pages.refetch }}>
        {(read) => {
          const events = read.flatMap(({ items }) => items)
          const name = events.find((event) => event.person?.id === person)?.person?.name
          return (
            <div className="stack">
              {person !== '' && (
                <p className="row">
                  {name && t.people.ofOne(name)}
                  <Button plain onClick={() => narrow('person', '')}>
                    {t.people.ofAll}
                  </Button>
                </p>
              )}
              {events.length === 0 ? (
                <Empty title={t.people.noEvents} />
              ) : (
                <EventsTable withPerson caption={t.people.audit} events={events} mayProve={mayProve} />
              )}
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )
}
