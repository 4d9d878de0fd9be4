import type { Entry } from '@tiaoli/contract/catalogue'
import { aggregateRows } from '@tiaoli/contract/gateway'
import { useText } from '../../text/use-text.ts'
import { useRoute } from '../api.ts'
import { formatNumber } from '../formats.ts'
import { Await } from '../states.tsx'
import type { DataState } from './data-state.ts'
import styles from './data-view.module.css'
import type { Use } from './use.types.ts'

type Props = {
  entry: Entry
  use: Use
  state: DataState
  district: { code: string; name: string | null }
}

/** Districts by number of rows, largest first. There is no outline map here, and the page says why. */
export function DistrictRanking({ entry, use, state, district }: Props) {
  const { t, language } = useText()
  const group = [district.code, district.name].filter((name) => name !== null).join(',')
  const reading = useRoute(aggregateRows, {
    params: { entryId: entry.id },
    query: { ...use, where: [...state.where], group, measure: 'count' },
  })
  return (
    <div className="stack">
      <p className="quiet small">{t.data.noOutlines}</p>
      <Await reading={reading} lines={8}>
        {(answer) => {
          const ranked = answer.rows
            .map((row) => ({
              code: String(row[district.code] ?? ''),
              name: district.name ? String(row[district.name] ?? '') : '',
              count: Number(row.count),
            }))
            .toSorted((a, b) => b.count - a.count)
          const most = ranked[0]?.count ?? 1
          return (
            <ol className={styles.ranking}>
              {ranked.map(({ code, name, count }) => (
                <li key={`${code} ${name}`}>
                  <span>
                    {name || code || t.data.noValue} {name && <code className="quiet">{code}</code>}
                  </span>
                  <i style={{ width: `${(count / most) * 100}%` }} aria-hidden="true" />
                  <span className="number">{formatNumber(count, language)}</span>
                </li>
              ))}
            </ol>
          )
        }}
      </Await>
    </div>
  )
}
