import { Link } from 'react-router'
import { EntryList } from '../../../kit/entry-list.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useFreeOpening, useNewestOpen } from '../home.queries.ts'

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
            <EntryList entries={items} query="" />
            <p>
              <Link to={`/search?opening=${opening}`}>{t.home.allOpen}</Link>
            </p>
          </div>
        )
      }
    </Await>
  )
}
