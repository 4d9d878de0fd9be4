import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from './lake.types.ts'
import { ingest, temporaryLake } from './test-kit.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

const square = (x: number, y: number, size = 1) =>
  `POLYGON ((${x} ${y}, ${x + size} ${y}, ${x + size} ${y + size}, ${x} ${y + size}, ${x} ${y}))`
const csv = (cells: readonly (readonly [string, string])[]) =>
  `code,shape\n${cells.map(([code, shape]) => `${code},"${shape.replaceAll('"', '""')}"\n`).join('')}`
const columns = [
  { source: 'code', field: 'code', type: 'text' as const, required: false },
  { source: 'shape', field: 'shape', type: 'geometry' as const, required: false },
]
const geoJson = (type: string, coordinates: unknown) => JSON.stringify({ type, coordinates })

describe('cells that are no geometry', () => {
  const bad: readonly (readonly [cell: string, cause: string])[] = [
    ['somewhere', 'not-of-type'],
    ['POINT EMPTY', 'not-of-type'],
    ['POINT (1 2) and more', 'not-of-type'],
    ['LINESTRING (1 2)', 'not-of-type'],
    ['SRID=3857;POINT (1 2)', 'not-of-type'],
    ['GEOMETRYCOLLECTION (POINT (1 2))', 'not-of-type'],
    ['POLYGON ((0 0, 1 0, 0 0))', 'not-of-type'],
    ['POINT (11859000 3446000)', 'not-in-degrees'],
    ['POINT (29.5 106.5)', 'not-in-degrees'],
    ['POINT (1e999 2)', 'not-in-degrees'],
    ['POLYGON ((0 0, 1 0, 1 1, 0 1))', 'open-ring'],
    [
      geoJson('Polygon', [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ]),
      'open-ring',
    ],
    [geoJson('Point', ['106.5', 29.5]), 'not-of-type'],
    [geoJson('Point', [106.5, null]), 'not-of-type'],
    [geoJson('Point', [[106.5, 29.5]]), 'not-of-type'],
    [geoJson('Polygon', []), 'not-of-type'],
    [
      geoJson('MultiPolygon', [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
        [],
      ]),
      'not-of-type',
    ],
    ['{"type":"Point","coordinates":[106.5,29.5]', 'not-of-type'],
    ['{"type":"Point","coordinates":[1,2],"crs":{"properties":{"name":"EPSG:3857"}}}', 'not-of-type'],
    ['{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}', 'not-of-type'],
    ["POINT (1 2)'); drop table x; --", 'not-of-type'],
    ['['.repeat(50_000), 'not-of-type'],
    [`{"type":"Point","coordinates":${'['.repeat(50_000)}`, 'not-of-type'],
  ]
  it('are refused with line, column and cause, and the others are taken in', async () => {
    const rows = [
      ...bad.map(([cell], at) => [`b${at}`, cell] as const),
      ['good', 'POINT (106.5 29.5)'] as const,
    ]
    const { sealed } = await ingest(lake, csv(rows), { columns })
    expect(sealed.rows).toBe(1)
    expect(sealed.refusals.map(({ line, column, cause }) => [line, column, cause])).toEqual(
      bad.map(([, cause], at) => [at + 2, 'shape', cause]),
    )
  })

  it('may not be a key, and is asked by nothing but where it lies', async () => {
    const content = csv([['a', 'POINT (106.5 29.5)']])
    await expect(ingest(lake, content, { columns, keyFields: ['shape'] })).rejects.toMatchObject({
      code: 'bad-mapping',
    })
    const { reader } = await ingest(lake, content, { columns })
    const page = (filter: Filter) => reader.page({ fields: ['code'], filters: [filter], sort: [], limit: 5 })
    for (const filter of [
      { field: 'shape', operator: 'eq', values: ['POINT (106.5 29.5)'] },
      { field: 'shape', operator: 'contains', values: ['106'] },
      { field: 'shape', operator: 'within', values: ['1', '2', '3'] },
      { field: 'shape', operator: 'within', values: ['1', '2', '3', 'x'] },
      { field: 'code', operator: 'within', values: ['1', '2', '3', '4'] },
    ] as const)
      await expect(page(filter)).rejects.toMatchObject({ code: 'bad-filter' })
  })
})

it('finds the type over the whole file, whatever the spelling, and keeps one spelling', async () => {
  const spellings: readonly (readonly [string, string])[] = [
    ['POINT(106.5 29.5)', geoJson('Point', [106.5, 29.5])],
    ['point z (106.5 29.5 230)', geoJson('Point', [106.5, 29.5, 230])],
    [
      'SRID=4490; LineString ( 1 2 ,\n3  4 )',
      geoJson('LineString', [
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      'MULTIPOINT (1 2, 3 4)',
      geoJson('MultiPoint', [
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      'MULTIPOINT ((1 2), (3 4))',
      geoJson('MultiPoint', [
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      'MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))',
      geoJson('MultiLineString', [
        [
          [0, 0],
          [1, 1],
        ],
        [
          [2, 2],
          [3, 3],
        ],
      ]),
    ],
    [
      square(0, 0),
      geoJson('Polygon', [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ],
      ]),
    ],
    [
      'MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1)), ((-5 -5, -4 -5, -4 -4, -5 -5)))',
      geoJson('MultiPolygon', [
        [
          [
            [0, 0],
            [9, 0],
            [9, 9],
            [0, 0],
          ],
          [
            [1, 1],
            [2, 1],
            [2, 2],
            [1, 1],
          ],
        ],
        [
          [
            [-5, -5],
            [-4, -5],
            [-4, -4],
            [-5, -5],
          ],
        ],
      ]),
    ],
    ['{"coordinates": [1e-7, 2.50], "bbox": [0], "type": "Point"}', geoJson('Point', [1e-7, 2.5])],
  ]
  // Longer than what is kept of a cell in a sample.
  const long = `LINESTRING (${Array.from({ length: 400 }, (_, at) => `${100 + at / 100} 30`).join(', ')})`
  const rows = [...spellings.map(([cell], at) => [`c${at}`, cell] as const), ['long', long] as const]
  const { profile, reader } = await ingest(lake, csv(rows))
  expect(profile.tables[0]!.columns.map(({ type, misfits }) => [type, misfits])).toEqual([
    ['text', 0],
    ['geometry', 0],
  ])
  const { rows: kept } = await reader.page({ fields: ['shape'], filters: [], sort: [], limit: 100 })
  expect(kept.slice(0, -1).map(({ shape }) => shape)).toEqual(spellings.map(([, text]) => text))
  expect(JSON.parse(String(kept.at(-1)!.shape)).coordinates).toHaveLength(400)
})

describe('a box', () => {
  const within = (...box: readonly number[]): Filter[] => [
    { field: 'shape', operator: 'within', values: box.map(String) },
  ]
  const codes = async (snapshotId: string, filters: Filter[]) => {
    const page = await (await lake.reader(snapshotId)).page({
      fields: ['code'],
      filters,
      sort: [],
      limit: 100,
    })
    expect(page.total).toBe(page.rows.length)
    return page.rows.map(({ code }) => code)
  }

  it('finds what it meets, edges included, also after rows were changed part by part', async () => {
    const cells = Array.from(
      { length: 40 },
      (_, at) => [`s${String(at).padStart(2, '0')}`, square(at, 10)] as const,
    )
    const keyed = { columns, keyFields: ['code'] }
    const first = await ingest(lake, csv([...cells, ['z', '']]), keyed)
    const { snapshotId } = first.sealed
    expect(await codes(snapshotId, within(3.5, 10.5, 4.5, 10.6))).toEqual(['s03', 's04'])
    expect(await codes(snapshotId, within(4, 9, 4, 10))).toEqual(['s03', 's04'])
    expect(await codes(snapshotId, within(-90, -80, 90, 9.9))).toEqual([])
    expect(await codes(snapshotId, [{ field: 'shape', operator: 'isnull', values: [] }])).toEqual(['z'])

    const moved = await ingest(
      lake,
      csv([
        ['s03', square(70, 10)],
        ['new', 'POINT (4.5 10.5)'],
      ]),
      {
        ...keyed,
        onto: { snapshotId, mode: 'upsert' },
      },
    )
    expect((await lake.reader(moved.sealed.snapshotId)).manifest.parts).toHaveLength(2)
    expect((await codes(moved.sealed.snapshotId, within(3.5, 10.5, 4.5, 10.6))).toSorted()).toEqual([
      'new',
      's04',
    ])
    expect(await codes(moved.sealed.snapshotId, within(70.5, 10.5, 71, 11))).toEqual(['s03'])
    expect(await codes(snapshotId, within(70.5, 10.5, 71, 11))).toEqual([])
    const reader = await lake.reader(moved.sealed.snapshotId)
    expect(reader.rowByKey(['new'], ['shape'])).toEqual({ shape: geoJson('Point', [4.5, 10.5]) })
    const differences = await lake.diff(snapshotId, moved.sealed.snapshotId, {
      fields: ['code', 'shape'],
      compared: ['shape'],
      filters: within(4.2, 10.2, 4.6, 10.6),
      limit: 10,
    })
    expect(differences.rows.map(({ kind, after }) => [kind, after?.code])).toEqual([['added', 'new']])
  })
})
