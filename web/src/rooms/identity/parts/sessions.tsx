import type { SessionView } from '@tiaoli/contract/account'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useEndOtherSessions, useEndSession, useSessions } from '../identity.queries.ts'
import { programName } from '../program-name.ts'

/** Where one is signed in. */
export function Sessions() {
  const { t } = usePortalText()
  const sessions = useSessions()
  const endOne = useEndSession()
  const endOthers = useEndOtherSessions()
  const failed = endOne.error ?? endOthers.error

  function act(session: SessionView) {
    if (session.current) return t.account.thisOne
    return (
      <Button
        small
        aria-label={t.account.endOneNamed(formatMoment(session.startedAt))}
        onClick={() => {
          if (
            window.confirm(
              t.account.confirmEndOne(formatMoment(session.startedAt), programName(session.agent)),
            )
          )
            endOne.mutate({ params: { sessionId: session.id } })
        }}
      >
        {t.account.endOne}
      </Button>
    )
  }

  return (
    <Section id="sessions" title={t.account.sessions} note={t.account.sessionsNote}>
      <Await reading={sessions}>
        {({ items }) => (
          <div className="stack">
            <Table
              caption={t.account.sessions}
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: 'started',
                  title: t.account.startedAt,
                  width: 'unbroken',
                  cell: ({ startedAt }) => formatMoment(startedAt),
                },
                { key: 'address', title: t.account.address, cell: ({ address }) => address },
                {
                  key: 'agent',
                  title: t.account.program,
                  width: 'roomy',
                  cell: ({ agent }) => <span title={agent}>{programName(agent)}</span>,
                },
                { key: 'act', title: t.account.acts, width: 'unbroken', cell: act },
              ]}
            />
            {failed && <Failure error={failed} />}
            {items.length > 1 && (
              <div>
                <Button
                  busy={endOthers.isPending}
                  onClick={() => {
                    if (window.confirm(t.account.confirmEndOthers)) endOthers.mutate({})
                  }}
                >
                  {t.account.endOthers}
                </Button>
              </div>
            )}
          </div>
        )}
      </Await>
    </Section>
  )
}
