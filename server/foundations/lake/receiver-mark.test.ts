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
describe('the mark of a receiver', () => {
  it.each([
    ['json', '[\n{"a":"甲"},\n{"a":"乙"}\n]\n'],
    ['geojson', '{"type":"FeatureCollection","features":[\n{"type":"Feature"},\n{ "type":"Feature"}\n]}\n'],
    ['ndjson', '{"a":"甲"}\n{"a":"乙"}\n'],
  ] as const)('is read from %s that says the same as before', async (format, text) => {
    const file = await bytesOf(marked(format, chunks(text), mark))
    expect(read(file)).toBe(mark)
    const values = (of: string) =>
      format !== 'ndjson'
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
    for (const text of ['', '甲,乙\r\n', '[]\n', '{ "a":1}\n', 'PK'])
      expect(read(Buffer.from(text))).toBeUndefined()
  })
})
