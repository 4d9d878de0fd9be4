import type { Batch } from '@tiaoli/contract/aggregation'
import { expect, it } from 'vitest'
import { mayGoOn } from './ingest.rules.ts'

const table = (missingFields: string[] = [], contradicts = false) =>
  ({
    missingFields,
    columns: [{ schema: { contradicts, unread: [] } }],
  }) as unknown as Batch['tables'][number]
const batch = (tables: Batch['tables'], causes: string[] = [], newer: object | null = null) =>
  ({ tables, leftOut: causes.map((cause) => ({ cause })), newer }) as unknown as Batch

it.each<[string, Batch, boolean]>([
  ['several tables would do', batch([table(), table()]), true],
  ['one table would do, and the platform holds it back all the same', batch([table()]), false],
  ['a field has no column', batch([table(['名称'])]), false],
  ['the first of several lacks a field', batch([table(['名称']), table(), table()]), false],
  ['a schema contradicts the catalogue', batch([table([], true), table()]), false],
  ['a schema was not read', batch([table(), table()], ['bad-descriptor']), false],
  ['a schema was not applied', batch([table(), table()], ['descriptor-unused']), false],
  ['the file has no table', batch([]), false],
  ['newer versions came while it waited', batch([table(), table()], [], { newest: 2 }), false],
])('a run that waits goes on by its first table: %s', (_, waiting, goesOn) => {
  expect(mayGoOn(waiting)).toBe(goesOn)
})
