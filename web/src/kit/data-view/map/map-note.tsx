import type { ReactNode } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { type CoordinateSystem, canShift } from './coordinates.ts'
import type { Tiles } from './tiles.ts'

/** What has to be known of a map: what is drawn, in which coordinates, on what. */
export function MapNote(props: {
  system: CoordinateSystem | null
  tiles: Tiles | null
  children: ReactNode
}) {
  const { t } = usePortalText()
  const { system, tiles } = props
  return (
    <p className="quiet small">
      {props.children} {t.looking.system[system ?? 'unknown']}{' '}
      {tiles === null
        ? t.data.mapWithoutTiles
        : [
            t.looking.tilesBy(tiles.by),
            system === tiles.system
              ? ''
              : canShift(system, tiles.system)
                ? t.looking.shifted
                : t.looking.notShifted,
          ].join(' ')}
    </p>
  )
}
