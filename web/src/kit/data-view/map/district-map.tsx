import type { Entry } from '@tiaoli/contract/catalogue'
import { aggregateRows } from '@tiaoli/contract/gateway'
import { lazy, Suspense, useMemo } from 'react'
import { useRoute } from '../../api.ts'
import { Await, Loading } from '../../states.tsx'
import type { DataState } from '../data-state.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import type { Use } from '../use.types.ts'
import { DistrictRanking } from './district-ranking.tsx'
import type { Tiles } from './tiles.ts'

const DistrictCircles = lazy(() => import('./district-circles.tsx'))

type Props = {
  entry: Entry
  use: Use
  state: DataState
  district: { code: string; name: string | null }
  tiles: Tiles | null
  picture: PictureHolder
}

/** Rows counted by district: a circle at each district's point, and the ranking beneath it. */
export function DistrictMap({ entry, use, state, district, tiles, picture }: Props) {
  const group = [district.code, district.name].filter((name) => name !== null).join(',')
  const reading = useRoute(aggregateRows, {
    params: { entryId: entry.id },
    query: { ...use, where: [...state.where], group, measure: 'count' },
  })
  const rows = reading.data?.rows
  const districts = useMemo(
    () =>
      (rows ?? [])
        .map((row) => ({
          code: String(row[district.code] ?? ''),
          name: district.name ? String(row[district.name] ?? '') : '',
          count: Number(row.count),
        }))
        .toSorted((a, b) => b.count - a.count),
    [rows, district.code, district.name],
  )
  return (
    <Await reading={reading} lines={8}>
      {() => (
        <div className="stack">
          <Suspense fallback={<Loading lines={10} />}>
            <DistrictCircles title={entry.title} {...{ districts, tiles, picture }} />
          </Suspense>
          <DistrictRanking districts={districts} />
        </div>
      )}
    </Await>
  )
}
