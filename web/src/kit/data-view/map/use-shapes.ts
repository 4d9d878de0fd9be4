import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { downloadRows, listRows } from '@tiaoli/contract/gateway'
import { call } from '../../api.ts'
import type { Use } from '../use.types.ts'
import { mostRows } from './map-fields.ts'
import type { Bounds } from './places.ts'
import { readLines } from './read-lines.ts'
import { conditionOfFrame, type Shape, type ShapeFields, shapeOf } from './shapes.ts'

type Asked = {
  readonly entryId: string
  readonly use: Use
  readonly where: readonly string[]
  readonly found: ShapeFields
}

/** What is drawn of the rows: all of them from a page or a file, or those in the frame, as many as a page has. */
export type ShapesOf = 'page' | 'file' | 'frame'

/** Shapes of rows; of those in the frame anew each time the map has come to rest. */
export function useShapes({ entryId, use, where, found }: Asked, of: ShapesOf, frame: Bounds | null) {
  const inFrame = of === 'frame' && frame !== null ? [conditionOfFrame(found.geometry, frame)] : []
  const asked = {
    ...use,
    where: [...where, ...inFrame],
    fields: [...new Set([found.geometry, found.title, ...found.keys])]
      .filter((name) => name !== null)
      .join(','),
  }
  return useQuery({
    queryKey: ['shapes', entryId, asked, of],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    // The shapes of before stay until those of the new frame are there.
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Shape[]> => {
      const params = { entryId }
      if (of !== 'file') {
        const { rows } = await call(listRows, { params, query: { ...asked, limit: mostRows.page }, signal })
        return rows.flatMap((row) => shapeOf(row, found) ?? [])
      }
      const answer = await call(downloadRows, { params, query: { ...asked, format: 'ndjson' }, signal })
      const shapes: Shape[] = []
      await readLines(answer.body, (line) => {
        const shape = shapeOf(JSON.parse(line) as Parameters<typeof shapeOf>[0], found)
        if (shape !== null) shapes.push(shape)
      })
      return shapes
    },
  })
}
