import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideEncoding, findEncoding, toUtf8, wideEncoding } from './encoding.ts'
import { fileKind } from './file-kind.ts'
import { ingest, stageBytes, temporaryLake } from './test-kit.ts'

/** Bytes of a text in an encoding that Node can read and not write, by asking every two-byte character. */
function encoderOf(encoding: 'gb18030' | 'big5'): (text: string) => Buffer {
  const decoder = new TextDecoder(encoding)
  const bytes = new Map<string, number[]>()
  for (let lead = 0xfe; lead >= 0x81; lead -= 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if (character.length === 1) bytes.set(character, [lead, trail])
    }
  return (text) => Buffer.from([...text].flatMap((sign) => bytes.get(sign) ?? [sign.charCodeAt(0)]))
}
const gbk = encoderOf('gb18030')
const big5 = encoderOf('big5')
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

async function* once(bytes: Buffer, size = bytes.length): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const found = (bytes: Buffer) => findEncoding(() => once(bytes))

const simplified = '代码,名称,地址\n001,重庆市渝中区,解放碑步行街\n002,成都市,天府大道北段\n'
const traditional = '代碼,名稱,地址\n001,重慶市渝中區,解放碑步行街\n002,臺北市,忠孝東路四段\n'

describe('which encoding a text is in', () => {
  it.each<[string, Buffer, string]>([
    ['simplified Chinese in GBK', gbk(simplified), 'gb18030'],
    ['traditional Chinese in Big5', big5(traditional), 'big5'],
    ['traditional Chinese in UTF-8', Buffer.from(traditional), 'utf-8'],
    ['Chinese in UTF-16 without a mark, small end first', Buffer.from(simplified, 'utf16le'), 'utf-16le'],
    ['Chinese in UTF-16 without a mark, great end first', utf16be(simplified), 'utf-16be'],
    ['English in UTF-16 without a mark', Buffer.from('a,b\n1,2\n', 'utf16le'), 'utf-16le'],
    ['one word in GBK', gbk('名称\n'), 'gb18030'],
    ['mostly UTF-8, a line in GBK', Buffer.concat([Buffer.from(simplified), gbk('003,西安\n')]), 'utf-8'],
    ['mostly GBK, a line in UTF-8', Buffer.concat([gbk(simplified), Buffer.from('003,西安\n')]), 'gb18030'],
  ])('%s', async (_, bytes, encoding) => {
    expect(await found(bytes)).toBe(encoding)
  })

  it('is refused where no encoding gives a text', async () => {
    await expect(found(Buffer.from('Jos\xe9,M\xfcnchen,\xe9\xe8\xea\n', 'latin1'))).rejects.toMatchObject({
      code: 'unreadable-encoding',
    })
    const none = { characters: 100, lost: 20, everyday: 80 }
    expect(() => decideEncoding({ gb18030: none }, none)).toThrow('unreadable-encoding')
  })

  it('is not UTF-16 for zeros at any place, or for zeros that leave no text', () => {
    expect(wideEncoding(Buffer.from('a,b\0\n1,2\0\0\n'))).toBeNull()
    expect(wideEncoding(Buffer.from([1, 0, 2, 0, 3, 0, 4, 0]))).toBeNull()
    expect(fileKind(Buffer.from('[{"a":1}]', 'utf16le'))).toBe('json')
  })
})

it('decodes the same whatever the pieces in which a text comes', async () => {
  for (const [bytes, encoding, text] of [
    [gbk(simplified), 'gb18030', simplified],
    [big5(traditional), 'big5', traditional],
    [utf16be(simplified), 'utf-16be', simplified],
  ] as const)
    for (const size of [1, 2, 3, 7, 1_000]) {
      const parts: Buffer[] = []
      for await (const part of toUtf8(once(bytes, size), encoding)) parts.push(part)
      expect(Buffer.concat(parts).toString()).toBe(text)
    }
})

describe('a file', () => {
  let lake: Awaited<ReturnType<typeof temporaryLake>>
  beforeAll(async () => {
    lake = await temporaryLake()
  })
  afterAll(() => lake.remove())

  it('in two encodings is told by line, whichever has most of it', async () => {
    const lines = { utf: Buffer.from('003,西安,雁塔区\n'), gbk: gbk('004,武汉,江汉区\n') }
    const mostlyGbk = await ingest(lake, Buffer.concat([gbk(simplified), lines.utf, lines.gbk]))
    const mostlyUtf = await ingest(lake, Buffer.concat([Buffer.from(simplified), lines.gbk, lines.utf]))
    for (const { sealed, profile } of [mostlyGbk, mostlyUtf]) {
      expect(sealed.rows).toBe(3)
      expect(profile.tables[0]!.malformedRows).toBe(1)
      expect(sealed.refusals.map(({ line, cause }) => [line, cause])).toEqual([[4, 'undecodable']])
    }
  })

  it('is in the encoding that fits all of it, however long it begins as UTF-8', async () => {
    const plainLine = `000,Xi'an,${'long '.repeat(400)}\n`
    const begin = Buffer.from(`code,name,address\n${plainLine.repeat(600)}`)
    const late = await ingest(lake, Buffer.concat([begin, gbk('004,武汉,江汉区\n')]))
    expect(late.profile.encoding).toBe('gb18030')
    expect([late.sealed.rows, late.sealed.refusedRows]).toEqual([601, 0])
    const mixed = Buffer.concat([
      begin,
      Buffer.from('003,西安,雁塔区\n005,成都,天府大道\n'),
      gbk('004,武汉,江汉区\n'),
    ])
    const mostlyUtf = await ingest(lake, mixed)
    expect(mostlyUtf.profile.encoding).toBe('utf-8')
    expect(mostlyUtf.sealed.refusals.map(({ line, cause }) => [line, cause])).toEqual([[604, 'undecodable']])
  })

  it('is read as its steward says, whatever was found', async () => {
    const staged = await stageBytes(lake, big5(traditional))
    expect((await lake.profile(staged)).encoding).toBe('big5')
    const told = await lake.profile(staged, { encoding: 'gbk' })
    expect(told.encoding).toBe('gb18030')
    expect(told.tables[0]!.columns[1]!.source).not.toBe('名稱')
    expect((await lake.profile(staged, { encoding: 'big5' })).tables[0]!.sampleRows[1]![1]).toBe('臺北市')
    await expect(lake.profile(staged, { encoding: 'klingon' })).rejects.toMatchObject({
      code: 'unreadable-encoding',
    })
  })
})
