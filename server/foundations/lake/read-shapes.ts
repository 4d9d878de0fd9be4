import { readFileSync } from 'node:fs'
import { parseShp } from 'shpjs'
import type { UntrustedInput, UntrustedPiece } from './untrusted.types.ts'

const shapesOfPiece = 1_000

/**
 * Reads the geometries of a `.shp` in their order, in degrees of longitude and latitude where the projection is known.
 * Throws where the file is not whole.
 */
export function* readShapes({
  path,
  projection,
}: Extract<UntrustedInput, { kind: 'shapes' }>): Generator<UntrustedPiece> {
  const shapes = parseShp(readFileSync(path), projection)
  for (let start = 0; start < shapes.length; start += shapesOfPiece)
    yield {
      geometries: shapes
        .slice(start, start + shapesOfPiece)
        .map((shape) =>
          shape === null ? null : JSON.stringify({ type: shape.type, coordinates: shape.coordinates }),
        ),
    }
}
