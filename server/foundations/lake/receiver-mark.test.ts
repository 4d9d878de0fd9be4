import { describe, expect, it } from 'vitest'
import { marked, readMark } from './receiver-mark.ts'

const mark = '0123456789ab'
const chunks = async function* (...parts: string[]) {
  for (const part of parts) yield Buffer.from(part)
}
async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}
const read = (bytes: Buffer) => readMark(bytes.subarray(0, 1 << 20), bytes.subarray(-65536))
const rows = Array.from({ length: 120 }, (_, n) => `企业${n},"甲,""乙${n}""",${n}.5,街道${n}\r\n`)
const csv = `\ufeff名称,说明,资本,地址\r\n${rows.join('')}`
/** Cells as a reader of CSV has them. */
const cellsOf = (text: string) =>
  [...text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r\n)/g)].map(([, raw]) =>
    raw!.startsWith('"') ? raw!.slice(1, -1).replaceAll('""', '"') : raw,
  )

describe('the mark of a receiver', () => {
  it('is read from a CSV in which no value has changed', async () => {
    const file = await bytesOf(marked('csv', chunks(csv.slice(0, 700), csv.slice(700)), mark))
    expect(read(file)).toBe(mark)
    expect(cellsOf(file.toString())).toEqual(cellsOf(csv))
  })

  it('outlives a cut end and missing rows at the top', async () => {
    const text = (await bytesOf(marked('csv', chunks(csv), mark))).toString()
    const lines = text.split('\r\n')
    expect(read(Buffer.from(lines.slice(0, 70).join('\r\n')))).toBe(mark)
    expect(read(Buffer.from([lines[0], ...lines.slice(9)].join('\r\n')))).toBe(mark)
  })

  it('passes the rest of a long file as it is', async () => {
    const long = csv + '甲,乙,1,丙\r\n'.repeat(20_000)
    const file = (await bytesOf(marked('csv', chunks(long), mark))).toString()
    expect(read(Buffer.from(file))).toBe(mark)
    expect(file.endsWith('甲,乙,1,丙\r\n'.repeat(10_000))).toBe(true)
  })

  it.each([
    ['json', '[\n{"a":"甲"},\n{"a":"乙"}\n]\n'],
    ['ndjson', '{"a":"甲"}\n{"a":"乙"}\n'],
  ] as const)('is read from %s that says the same as before', async (format, text) => {
    const file = await bytesOf(marked(format, chunks(text), mark))
    expect(read(file)).toBe(mark)
    const values = (of: string) =>
      format === 'json'
        ? JSON.parse(of)
        : of
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
    expect(values(file.toString())).toEqual(values(text))
  })

  it('is read from an archive, whose end record says how long its comment is', async () => {
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    const whole = Buffer.concat([Buffer.from('PK\u0003\u0004 inside'), end])
    const stream = async function* () {
      for (const byte of whole) yield Buffer.of(byte)
    }
    const file = await bytesOf(marked('xlsx', stream(), mark))
    expect(read(file)).toBe(mark)
    expect(file.readUInt16LE(whole.length - 2)).toBe(file.length - whole.length)
  })

  it('is not found where there is none', () => {
    for (const text of ['', csv, '[]\n', '"甲","乙"\r\n"丙","丁"\r\n'.repeat(60), 'PK'])
      expect(read(Buffer.from(text))).toBeUndefined()
  })
})
