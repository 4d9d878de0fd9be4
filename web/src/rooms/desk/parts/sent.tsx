import { formatMoment } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useChannels } from '../desk.queries.ts'

/** What was sent outside the platform of late, and what did not arrive. */
export function Sent() {
  const { t, say } = useDeskText()
  const { data } = useChannels()
  if (!data || data.deliveries.length === 0) return null
  return (
    <Section title={t.sent.title} note={t.sent.note}>
      <Table
        caption={t.sent.title}
        rows={data.deliveries}
        rowKey={({ id }) => id}
        columns={[
          { key: 'at', title: t.sent.at, width: 'unbroken', cell: ({ at }) => formatMoment(at) },
          { key: 'what', title: t.sent.what, cell: ({ title }) => say(title) },
          { key: 'to', title: t.sent.to, cell: ({ channel, to }) => `${t.sent.channels[channel]} ${to}` },
          {
            key: 'state',
            title: t.sent.state,
            cell: ({ state, attempts, failure }) =>
              failure === null ? (
                t.sent.states[state]
              ) : (
                <>
                  {t.sent.states[state]} · {t.sent.attempts(attempts)} <code>{failure}</code>
                </>
              ),
          },
        ]}
      />
    </Section>
  )
}
