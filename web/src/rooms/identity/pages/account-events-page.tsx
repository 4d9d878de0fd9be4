import { type AccountEventView, accountEventKinds } from '@tiaoli/contract/account'
import { useSearchParams } from 'react-router'
import { Field, Select } from '../../../kit/field.tsx'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useAccountEvents } from '../identity.queries.ts'
import { EventsTable } from '../parts/events-table.tsx'

/** The audit of accounts, for administrators and supervisors at the data authority of the city. */
export default function AccountEventsPage() {
  const { t } = useText()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const person = search.get('person')
  const kind = accountEventKinds.find((each) => each === search.get('kind'))
  const pages = useAccountEvents({ ...(person ? { person } : {}), ...(kind ? { kind } : {}) })
  const { user } = session ?? {}
  // Receipts are for overseers; an administrator has those of their own acts.
  const mayProve = ({ by }: AccountEventView) =>
    (user?.powers.includes('supervisor') ?? false) || (by !== null && by.id === user?.id)
  return (
    <Page title={t.people.audit} lead={t.people.auditLead}>
      <div style={{ maxWidth: '16rem' }}>
        <Field id="kind" label={t.people.kind}>
          <Select
            id="kind"
            value={kind ?? ''}
            placeholder={t.people.allKinds}
            options={accountEventKinds.map((value) => ({ value, label: t.account.kinds[value] }))}
            onChange={(value) =>
              setSearch({ ...(person ? { person } : {}), ...(value ? { kind: value } : {}) })
            }
          />
        </Field>
      </div>
      <Await reading={{ data: pages.data?.pages, error: pages.error, refetch: pages.refetch }}>
        {(read) => {
          const events = read.flatMap(({ items }) => items)
          if (events.length === 0) return <Empty title={t.people.noEvents} />
          return (
            <div className="stack">
              <EventsTable withPerson caption={t.people.audit} events={events} mayProve={mayProve} />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )
}
