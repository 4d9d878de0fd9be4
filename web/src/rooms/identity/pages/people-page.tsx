import type { Person } from '@tiaoli/contract/people'
import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { formatDate, formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { usePeople } from '../identity.queries.ts'
import { MakePerson } from '../parts/make-person.tsx'
import { ManagePerson } from '../parts/manage-person.tsx'

/** Accounts, for administrators at the data authority of the city. */
export default function PeoplePage() {
  const { t, say } = useDeskText()
  const [words, setWords] = useState('')
  const [asked, setAsked] = useState('')
  const [openId, setOpenId] = useState<string>()
  const pages = usePeople(asked)

  const powersOf = ({ powers }: Person) =>
    powers.map((power) => t.people.powers[power]).join(t.common.listSeparator) || t.people.noPowers
  const standingOf = ({ closedAt, lockedUntil, secondFactor }: Person) =>
    [
      closedAt && t.people.closed(formatDate(closedAt)),
      lockedUntil && t.people.locked,
      secondFactor && t.people.factor,
    ]
      .filter(Boolean)
      .join(t.common.listSeparator)

  return (
    <Page title={t.people.title} lead={t.people.lead}>
      <Section title={t.people.find}>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            setOpenId(undefined)
            setAsked(words.trim())
          }}
        >
          <Input
            style={{ maxWidth: '18rem' }}
            aria-label={t.people.search}
            placeholder={t.people.search}
            maxLength={60}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button type="submit">{t.people.find}</Button>
        </form>
        <Await reading={{ data: pages.data?.pages, error: pages.error, refetch: pages.refetch }}>
          {(read) => {
            const people = read.flatMap(({ items }) => items)
            const open = people.find(({ id }) => id === openId)
            if (people.length === 0) return <Empty title={t.people.none} />
            return (
              <div className="stack">
                <Table
                  caption={t.people.title}
                  rows={people}
                  rowKey={({ id }) => id}
                  columns={[
                    { key: 'name', title: t.people.name, width: 'unbroken', cell: ({ name }) => name },
                    { key: 'username', title: t.account.username, cell: ({ username }) => username },
                    {
                      key: 'organisation',
                      title: t.account.organisation,
                      cell: ({ organisation }) => organisation && say(organisation.name),
                    },
                    { key: 'powers', title: t.people.powersTitle, cell: powersOf },
                    { key: 'standing', title: t.people.standing, cell: standingOf },
                    {
                      key: 'last',
                      title: t.people.lastSignIn,
                      width: 'unbroken',
                      cell: ({ lastSignInAt }) =>
                        lastSignInAt ? formatMoment(lastSignInAt) : t.people.never,
                    },
                    {
                      key: 'act',
                      title: t.account.acts,
                      cell: ({ id, name }) => (
                        <Button
                          small
                          aria-expanded={id === openId}
                          aria-label={t.people.open(name)}
                          onClick={() => setOpenId(id === openId ? undefined : id)}
                        >
                          {t.people.manage}
                        </Button>
                      ),
                    },
                  ]}
                />
                <More {...pages} />
                {open && <ManagePerson key={open.id} person={open} />}
              </div>
            )
          }}
        </Await>
      </Section>
      <Section title={t.people.make} note={t.people.makeLead}>
        <MakePerson />
      </Section>
    </Page>
  )
}
