import type { EntrySummary } from '@tiaoli/contract/catalogue'
import { Link } from 'react-router'
import { EntryList } from '../../../kit/entry-list.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useFreeOpening, useNewestOpen } from '../home.queries.ts'

const shown = 6

/** What can be looked at now stands before what is only announced. */
const withDataFirst = (entries: readonly EntrySummary[]): readonly EntrySummary[] => [
  ...entries.filter(({ liveAt }) => liveAt !== null),
  ...entries.filter(({ liveAt }) => liveAt === null),
]

export function Newest() {
  const { t } = useText()
  const opening = useFreeOpening()
  return (
    <Await reading={useNewestOpen()} lines={8}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t.home.noOpenData} next={<Link to="/search">{t.home.toSearch}</Link>} />
        ) : (
          <div className="stack">
            <EntryList entries={withDataFirst(items).slice(0, shown)} />
            <p>
              <Link to={`/search?opening=${opening}`}>{t.home.allOpen}</Link>
            </p>
          </div>
        )
      }
    </Await>
  )
}
