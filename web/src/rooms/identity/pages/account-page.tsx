import { Link, useSearchParams } from 'react-router'
import { Facts } from '../../../kit/facts.tsx'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAccount, useOwnEvents } from '../identity.queries.ts'
import { ChangePassword } from '../parts/change-password.tsx'
import { EventsTable } from '../parts/events-table.tsx'
import { Links } from '../parts/links.tsx'
import { SecondFactor } from '../parts/second-factor.tsx'
import { Sessions } from '../parts/sessions.tsx'
import { safePath } from '../safe-path.ts'

/** One's own account. Whoever has to set something up first finds that at the top. */
export default function AccountPage() {
  const { t, say } = usePortalText()
  const [search] = useSearchParams()
  const account = useAccount()
  const events = useOwnEvents()
  const to = search.get('to')
  return (
    <Page title={t.account.title} lead={t.account.lead}>
      <Await reading={account}>
        {({ username, organisation, hasPassword, secondFactor, unready }) => {
          const factor = <SecondFactor key="factor" standing={secondFactor} hasPassword={hasPassword} />
          const password = <ChangePassword key="password" hasPassword={hasPassword} />
          return (
            <>
              {unready && (
                <p role="alert">
                  <strong>
                    {unready === 'new-password' ? t.account.firstPassword : t.account.firstFactor}
                  </strong>
                </p>
              )}
              {!unready && to !== null && (
                <p>
                  <Link to={safePath(to)}>{t.account.goOn}</Link>
                </p>
              )}
              <Facts
                facts={[
                  [t.account.username, username],
                  [t.account.organisation, organisation && say(organisation.name)],
                ]}
              />
              {unready === 'new-password' ? [password, factor] : [factor, password]}
              <Sessions />
              <Links hasPassword={hasPassword} />
              <Section id="events" title={t.account.events} note={t.account.eventsNote}>
                <Await reading={{ data: events.data?.pages, error: events.error, refetch: events.refetch }}>
                  {(pages) => (
                    <div className="stack">
                      <EventsTable
                        caption={t.account.events}
                        events={pages.flatMap(({ items }) => items)}
                        // Receipts are for who did it, and for overseers.
                        mayProve={({ by, person }) => by !== null && by.id === person?.id}
                      />
                      <More {...events} />
                    </div>
                  )}
                </Await>
              </Section>
            </>
          )
        }}
      </Await>
    </Page>
  )
}
