import type { Descriptor } from '@tiaoli/contract/table-schema'
import { expect, it } from 'vitest'
import { membersOf } from './archive-members.ts'
import { findDescriptor, meant } from './find-descriptor.ts'
import { maxArchiveEntries } from './lake.limits.ts'

/** An archive that counts the files taken out of it. */
const archiveOf = (names: readonly string[], content = '{}') => {
  const taken: string[] = []
  const bytes = async (name: string) => {
    taken.push(name)
    return (async function* () {
      yield Buffer.from(content)
    })()
  }
  return { names, bytes, taken }
}
const numbered = (count: number, nameOf: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => nameOf(at))

it.each([
  ['tables', [...numbered(maxArchiveEntries - 1, (at) => `${at}.csv`), 'datapackage.json']],
  [
    'schemas of their own',
    numbered(maxArchiveEntries / 2, (at) => `${at}`).flatMap((at) => [`${at}.csv`, `${at}.schema.json`]),
  ],
  ['schemas', [...numbered(maxArchiveEntries - 1, (at) => `${at}/schema.json`), 'rows.csv']],
])('refuses an archive of ten thousand %s before it takes anything out of it', async (_, names) => {
  const archive = archiveOf(names)
  await expect(findDescriptor(archive)).rejects.toMatchObject({ code: 'too-many-tables' })
  expect(archive.taken).toEqual([])
})

it('asks nobody what the files are that programs keep in an archive for themselves', async () => {
  const kept = numbered(9_000, (at) => `.kept/${at}`).map((name) => `__MACOSX/${name}`)
  const said = JSON.stringify({ fields: [{ name: 'n', type: 'string' }] })
  const archive = archiveOf(
    [...kept, '__MACOSX/schema.json', 'a.csv', 'a.schema.json', 'b/b.csv', 'b/schema.json'],
    said,
  )
  const { found, members, faults } = await findDescriptor(archive)
  expect(members).toEqual([{ name: 'a.csv' }, { name: 'b/b.csv' }])
  expect(found!.told.resources!.map(({ path }) => path)).toEqual(['a.csv', 'b/b.csv'])
  expect([found!.name, faults]).toEqual(['a.schema.json, b/schema.json', []])
  expect(archive.taken).toEqual(['a.schema.json', 'b/schema.json'])
})

it('reads no more descriptors than eight MiB of them', async () => {
  const large = JSON.stringify({ fields: [{ name: 'n' }] }).padEnd(1 << 20)
  const { faults } = await findDescriptor(
    archiveOf([...numbered(10, (at) => `${at}/schema.json`), '0/a.csv'], large),
  )
  expect(faults.filter(({ code }) => code === 'bad-descriptor').map(({ name }) => name)).toEqual([
    '8/schema.json',
    '9/schema.json',
  ])
})

it('goes through each resource once, for many files as for two', () => {
  let read = 0
  const resource = (at: number) => ({
    get path() {
      read += 1
      return [`${at}.csv`, `other/${at}.csv`]
    },
  })
  const packages = ['a', 'b', 'c'].map((folder) => ({
    name: `${folder}/datapackage.json`,
    told: { resources: numbered(50, String).map((at) => resource(Number(at))) } as Descriptor,
  }))
  const readsFor = (files: number) => {
    read = 0
    meant(
      packages,
      numbered(files, (at) => `${'abc'[at % 3]}/${at}.csv`),
    )
    return read
  }
  // Of 150 resources two, and then fifty, are each once more written down for their file.
  expect([readsFor(2), readsFor(200)]).toEqual([150 + 2, 150 + 50])
})

it('keeps the files of a shapefile together, the first of its name where there are two', () => {
  expect(membersOf(['x/r.dbf', 'x/r.shp', 'x/r.SHP', 'r.dbf', 'x/r.shp.xml', 'notes.txt'])).toEqual([
    {
      name: 'x/r.shp',
      parts: new Map([
        ['dbf', 'x/r.dbf'],
        ['shp', 'x/r.SHP'],
        ['shp.xml', 'x/r.shp.xml'],
      ]),
    },
    { name: 'r.dbf' },
    { name: 'notes.txt' },
  ])
})
