import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { propertyName } from '../../../kit/property-name.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useText } from '../../../text/use-text.ts'
import { useVersions } from '../catalogue.queries.ts'

/** Every version of an entry that was published, each with what it changed. */
export function Versions({ entryId }: { entryId: string }) {
  const { t } = useText()
  const pages = useVersions(entryId)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => (
        <div className="stack">
          {read
            .flatMap((page) => page.items)
            .map((version) => (
              <div key={version.number} className="stack">
                <h3>
                  {t.compilation.version(version.number)} · {formatMoment(version.publishedAt)}
                  {version.by && ` · ${version.by}`}
                </h3>
                {version.note && <p>{version.note}</p>}
                {version.changes.length === 0 ? (
                  <p className="quiet">{t.compilation.firstVersion}</p>
                ) : (
                  <Table
                    caption={t.compilation.version(version.number)}
                    rows={version.changes}
                    rowKey={(change) => change.property}
                    columns={[
                      {
                        key: 'property',
                        title: t.compilation.property,
                        cell: (change) => propertyName(t, change.property),
                      },
                      { key: 'before', title: t.compilation.versionBefore, cell: (one) => shown(one.before) },
                      { key: 'after', title: t.compilation.versionAfter, cell: (one) => shown(one.after) },
                    ]}
                  />
                )}
              </div>
            ))}
          <More {...pages} />
        </div>
      )}
    </Await>
  )
}

/** Plain values as they are; of a list of fields their names. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value))
    return value
      .map((each) =>
        typeof each === 'object' && each !== null && 'name' in each ? String(each.name) : String(each),
      )
      .join('、')
  return typeof value === 'object'
    ? Object.values(value)
        .filter((each) => typeof each === 'string')
        .join(' · ')
    : String(value)
}
