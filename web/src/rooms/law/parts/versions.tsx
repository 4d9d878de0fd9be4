import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useText } from '../../../text/use-text.ts'
import { useVersions } from '../law.queries.ts'

/** Every version of the rulebook that this installation has run under, and who took note of what it amended. */
export function Versions() {
  const { t } = useText()
  const { data: rulebook } = useRulebook()
  return (
    <Section title={t.versions.title} note={t.versions.note}>
      <Await reading={useVersions()} lines={2}>
        {({ items }) => (
          <Table
            caption={t.versions.title}
            rows={items}
            rowKey={({ version, since }) => `${version} ${since}`}
            columns={[
              {
                key: 'version',
                title: t.versions.version,
                cell: ({ version }) => <code>{version}</code>,
              },
              {
                key: 'since',
                title: t.versions.since,
                width: 'unbroken',
                cell: ({ since }) => formatMoment(since),
              },
              {
                key: 'amended',
                title: t.versions.amended,
                cell: ({ amended, version }) =>
                  amended.length > 0
                    ? amended.map((number) => (
                        <ArticleChip key={number} article={`${rulebook?.prefix ?? ''}-${number}`} />
                      ))
                    : version === items.at(-1)?.version
                      ? t.versions.first
                      : t.versions.none,
              },
              { key: 'by', title: t.versions.by, cell: ({ acknowledgedBy }) => acknowledgedBy },
              { key: 'note', title: t.duties.note, width: 'roomy', cell: ({ note }) => note },
            ]}
          />
        )}
      </Await>
    </Section>
  )
}
