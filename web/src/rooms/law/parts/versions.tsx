import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useVersions } from '../law.queries.ts'

/** Every version of the rulebook that this installation has run under, and who took note of what it amended. */
export function Versions() {
  const { t } = usePortalText()
  const { data: rulebook } = useRulebook()
  return (
    <Section title={t.rulebookVersions.title} note={t.rulebookVersions.note}>
      <Await reading={useVersions()} lines={2}>
        {({ items }) => (
          <Table
            caption={t.rulebookVersions.title}
            rows={items}
            rowKey={({ version, since }) => `${version} ${since}`}
            columns={[
              {
                key: 'version',
                title: t.rulebookVersions.version,
                cell: ({ version }) => <code>{version}</code>,
              },
              {
                key: 'since',
                title: t.rulebookVersions.since,
                width: 'unbroken',
                cell: ({ since }) => formatMoment(since),
              },
              {
                key: 'amended',
                title: t.rulebookVersions.amended,
                cell: ({ amended, version }) =>
                  amended.length > 0
                    ? amended.map((number) => (
                        <ArticleChip key={number} article={`${rulebook?.prefix ?? ''}-${number}`} />
                      ))
                    : version === items.at(-1)?.version
                      ? t.rulebookVersions.first
                      : t.rulebookVersions.none,
              },
              { key: 'by', title: t.rulebookVersions.by, cell: ({ acknowledgedBy }) => acknowledgedBy },
              { key: 'note', title: t.duties.note, width: 'roomy', cell: ({ note }) => note },
            ]}
          />
        )}
      </Await>
    </Section>
  )
}
