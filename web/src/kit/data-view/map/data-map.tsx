import type { AccessPlan } from '@tiaoli/contract/catalogue'
import { listRows } from '@tiaoli/contract/gateway'
import { usePortalText } from '../../../text/use-text.ts'
import { useRoute } from '../../api.ts'
import { Await, Empty } from '../../states.tsx'
import { DensityMap } from './density-map.tsx'
import { DistrictMap } from './district-map.tsx'
import { mapFields, mostRows } from './map-fields.ts'
import type { MapProps, PointFields } from './map-props.ts'
import { FilePlaces, PagePlaces } from './points-map.tsx'
import { ShapesMap } from './shapes-map.tsx'
import { useTiles } from './use-tiles.ts'

type Props = MapProps & { basis: NonNullable<AccessPlan['now']>['basis'] }

/** The rows in space: as their geometries, as points where they have coordinates, else counted by district. */
export function DataMap(props: Props) {
  const { t } = usePortalText()
  const { entry, fields, basis } = props
  const keyFields = entry.fields.filter(({ key }) => key).map(({ name }) => name)
  const found = mapFields(fields, keyFields)
  const tiles = useTiles()
  if (!found) return <Empty title={t.data.nothingToMap}>{t.data.nothingToMapWhy}</Empty>
  if (tiles === undefined) return null
  if (found.kind === 'shapes')
    return <ShapesMap {...props} {...{ tiles, found }} mayTakeFile={basis === 'open' || basis === 'own'} />
  if (found.kind === 'districts') return <DistrictMap {...props} tiles={tiles} district={found} />
  return <Points {...props} tiles={tiles} found={found} />
}

/**
 * One by one where the rows are few enough, else counted in cells. What comes under a grant is no file to be taken each
 * time a map is looked at: its rows are counted from a thousand on.
 */
function Points(
  props: Props & { tiles: NonNullable<ReturnType<typeof useTiles>> | null; found: PointFields },
) {
  const { entry, use, state, basis } = props
  const reading = useRoute(listRows, {
    params: { entryId: entry.id },
    // How the map is drawn rests on it: an estimate would do for no such choice.
    query: { ...use, where: [...state.where], limit: 1, total: 'exact' },
  })
  return (
    <Await reading={reading} lines={8}>
      {({ total }) => {
        const rows = total ?? Number.POSITIVE_INFINITY
        if (rows <= mostRows.page) return <PagePlaces {...props} />
        const own = basis === 'open' || basis === 'own'
        return own && rows <= mostRows.file ? <FilePlaces {...props} /> : <DensityMap {...props} />
      }}
    </Await>
  )
}
