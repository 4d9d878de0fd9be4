import { useMemo } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import { type CountedDistrict, type DistrictPoints, districtPlaces } from './district-places.ts'
import points from './district-points.json'
import MapCanvas from './map-canvas.tsx'
import type { Tiles } from './tiles.ts'

type Props = {
  title: string
  districts: readonly CountedDistrict[]
  tiles: Tiles | null
  picture: PictureHolder
}

/** A circle at each district's point. Loaded, with the points of all districts, only when a map is looked at. */
export default function DistrictCircles({ title, districts, tiles, picture }: Props) {
  const { t, language } = usePortalText()
  const { places, missing } = useMemo(
    () =>
      districtPlaces(
        districts,
        points as unknown as DistrictPoints,
        (name, count) => `${name} ${formatNumber(count, language)}`,
      ),
    [districts, language],
  )
  if (places.length === 0) return <p className="quiet small">{t.data.noDistrictPoints}</p>
  return (
    <>
      <p className="quiet small">
        {t.data.districtCircles} {missing.length > 0 && t.data.districtsMissing(missing.length)}
      </p>
      <MapCanvas
        places={places}
        label={t.data.mapLabel(title, formatNumber(places.length, language))}
        tiles={tiles}
        picture={picture}
      />
    </>
  )
}
