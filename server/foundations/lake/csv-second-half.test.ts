import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openByteSource } from './byte-source.ts'
import { decodeCsv } from './decode-csv.ts'
import { type Duck, openDuck } from './duck.ts'
import { NotUtf8 } from './encoding.ts'
import { plainTableSql } from './plain-table.ts'

let folder: string
let duck: Duck
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-halves-'))
  duck = await openDuck({ tempFolder: join(folder, 'temp'), memoryLimitMb: 256, threads: 2 })
})
afterAll(async () => {
  duck.close()
  await rm(folder, { recursive: true, force: true })
})

async function contextOf(content: string | Buffer) {
  const path = join(folder, 'file')
  await writeFile(path, content)
  const source = await openByteSource(path)
  return { path, fileName: 'file', duck, folder, signal: undefined, onRead: () => {}, source }
}

/** The table of a text, read by two threads or by one, as the engine sees it, and what was refused. */
async function read(content: string, by: 'two' | 'one') {
  const context = await contextOf(content)
  const { table } = await decodeCsv(
    context,
    'utf-8',
    ',',
    {},
    { halvedFrom: by === 'two' ? 1 : Number.POSITIVE_INFINITY },
  )
  const { path: _, secondPath, refusedPath, ...facts } = table
  const rows = await duck.connected(undefined, (session) =>
    session.rows(`select _line::double as line, c0, c1 from ${plainTableSql(table, [])}`),
  )
  return { halved: secondPath !== undefined, facts, rows, refused: await readFile(refusedPath, 'utf8') }
}

const code = '91500000MA0000001B'
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at))
const header = 'code,text'
const usual = lines(400, (at) => `${code},text ${at}`)

describe('a file read by two threads', () => {
  it.each<[string, string]>([
    ['of plain rows', [header, ...usual, ''].join('\n')],
    ['with a mark at its beginning', ['\ufeffcode,text', ...usual].join('\r\n')],
    [
      'with breaks in cells, blanks, codes of both kinds and rows that are refused',
      [
        header,
        ...lines(400, (at) =>
          at % 7 === 0 ? 'ragged' : `${at % 90 === 0 ? '' : code},"${at % 11 === 0 ? 'line\n' : ''} ${at} "`,
        ),
        'x',
      ].join('\n'),
    ],
    [
      'whose second half alone has another cell',
      [header, ...usual, `${code.toLowerCase()}," blank "`].join('\n'),
    ],
  ])('%s is as if one had read it', async (_, content) => {
    const { halved, ...two } = await read(content, 'two')
    const { halved: __, ...one } = await read(content, 'one')
    expect(two).toEqual(one)
    expect(halved).toBe(true)
  })

  it.each<[string, string]>([
    [
      'a cell goes over the middle',
      [header, ...usual.slice(0, 50), `${code},"${'\nin a cell'.repeat(4_000)}"`, ...usual].join('\n'),
    ],
    [
      'lines end in carriage returns alone before it',
      [header, `${usual.join('\r')}\r${usual.join('\n')}`].join('\n'),
    ],
    ['no line ends behind it', `${header}\n${code},${'long '.repeat(20_000)}`],
  ])('is read on by the first where %s', async (_, content) => {
    const two = await read(content, 'two')
    expect(two).toEqual(await read(content, 'one'))
    expect(two.halved).toBe(false)
  })
  it.each([10, 390])('is given up where line %i is not the UTF-8 it was taken for', async (line) => {
    const bytes = lines(400, (at) => (at === line ? `${code},\xca\xfd\xbe\xdd` : usual[at]!)).join('\n')
    const context = await contextOf(Buffer.from(`${header}\n${bytes}`, 'latin1'))
    const isAssumed = true
    await expect(decodeCsv(context, 'utf-8', ',', {}, { isAssumed, halvedFrom: 1 })).rejects.toBeInstanceOf(
      NotUtf8,
    )
  })
})
