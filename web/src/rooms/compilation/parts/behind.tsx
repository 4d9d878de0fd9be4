import { Link } from 'react-router'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useBehind } from '../compilation.queries.ts'

/** Entries that met an older version of the specification; absent where there are none. */
export function Behind() {
  const { t, say } = usePortalText()
  const pages = useBehind()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const behind = read.flatMap((page) => page.items)
        if (behind.length === 0) return null
        return (
          <Section title={t.compilation.behind}>
            <Table
              caption={t.compilation.behind}
              rows={behind}
              rowKey={({ entryId }) => entryId}
              columns={[
                {
                  key: 'entry',
                  title: t.compilation.entry,
                  cell: (one) => <Link to={`/entries/${one.entryId}`}>{one.title}</Link>,
                },
                { key: 'provider', title: t.compilation.provider, cell: (one) => say(one.provider.name) },
                {
                  key: 'met',
                  title: t.compilation.met,
                  cell: (one) => (one.met === null ? t.compilation.none : t.compilation.version(one.met)),
                },
                {
                  key: 'faults',
                  title: t.compilation.faults,
                  width: 'roomy',
                  cell: (one) =>
                    one.faults.length === 0
                      ? t.compilation.noFaults
                      : one.faults.map(({ message }) => say(message)).join(t.common.listSeparator),
                },
              ]}
            />
            <More {...pages} />
          </Section>
        )
      }}
    </Await>
  )
}
