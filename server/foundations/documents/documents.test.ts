import { text } from '@tiaoli/kernel/text'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { type DocumentPart, mostPages, type PaperDocument, pdfOf } from './index.ts'

const paper = (parts: readonly DocumentPart[], more: Partial<PaperDocument> = {}): PaperDocument => ({
  title: text('示例办件档案', 'Sample case file'),
  language: 'zh',
  parts,
  foot: '示例编号 1',
  madeAt: new Date('2026-10-14T01:00:00Z'),
  ...more,
})

async function read(document: PaperDocument) {
  const bytes = await pdfOf(document, 'reader')
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const { text: pages } = await extractText(pdf)
  const whole = pages.join('\n')
  return { bytes, pages, whole, packed: whole.replace(/\s+/g, ''), info: (await getMeta(pdf)).info }
}

describe('a document as a PDF', () => {
  it('holds every part as text that can be searched, with title and language', async () => {
    const { packed, info, bytes } = await read(
      paper([
        { kind: 'heading', words: text('经过', 'Course'), level: 1 },
        { kind: 'paragraph', words: '理由充分，依据明确。' },
        { kind: 'facts', facts: [{ title: text('编号', 'Number'), value: 'CQ-GX-2026-00001' }] },
        { kind: 'list', items: ['第一项', '第二项'], numbered: true },
        {
          kind: 'table',
          columns: [
            { title: '环节', share: 1 },
            { title: '日期', share: 2 },
          ],
          rows: [['受理', '2026-10-14']],
        },
      ]),
    )
    for (const words of [
      '示例办件档案',
      '经过',
      '理由充分，依据明确。',
      '编号CQ-GX-2026-00001',
      '1.第一项',
      '2.第二项',
      '环节日期受理2026-10-14',
      '示例编号1第1页，共1页',
    ])
      expect(packed).toContain(words)
    expect(info).toMatchObject({ Title: '示例办件档案', Language: 'zh-CN' })
    expect(bytes.includes('/MarkInfo')).toBe(true)
    expect(bytes.includes('/StructTreeRoot')).toBe(true)
  })

  it('prints one language or both', async () => {
    const parts: DocumentPart[] = [{ kind: 'paragraph', words: text('同意共享。', 'Sharing is granted.') }]
    const english = await read(paper(parts, { language: 'en' }))
    expect(english.whole).toContain('Sharing is granted.')
    expect(english.whole).not.toContain('同意共享')
    expect(english.info).toMatchObject({ Title: 'Sample case file', Language: 'en' })
    const both = await read(paper(parts, { language: 'both' }))
    expect(both.packed).toContain('同意共享。Sharingisgranted.')
  })

  it('is the same for the same document, to the byte', async () => {
    const document = paper([{ kind: 'paragraph', words: '一份办件档案' }])
    expect((await pdfOf(document, 'reader')).equals(await pdfOf(document, 'reader'))).toBe(true)
  })

  it('loses nothing of what is longer than a page: texts, values, rows', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `第${index}句话说明了拒绝的理由。`).join('')
    const { pages, packed } = await read(
      paper([
        { kind: 'facts', facts: [{ title: '理由', value: long }] },
        {
          kind: 'table',
          columns: [
            { title: '事项', share: 1 },
            { title: '说明', share: 3 },
          ],
          rows: [
            ['短', '一行'],
            ['长', long],
            ...Array.from({ length: 80 }, (_, index) => [`行${index}`, `值${index}`]),
          ],
        },
      ]),
    )
    expect(pages.length).toBeGreaterThan(6)
    // The foot of a page may stand in the middle of a sentence; each sentence is looked for with it taken out.
    const flowing = packed.replace(/示例编号1第\d+页，共\d+页/g, '')
    for (let index = 0; index < 400; index += 1)
      expect(flowing.split(`第${index}句话说明了拒绝的理由。`)).toHaveLength(3)
    for (let index = 0; index < 80; index += 1) expect(packed).toContain(`行${index}值${index}`)
  })

  it('is drawn beside the work of the server, one at a time for each user, and not beyond its limit', async () => {
    const pages = (count: number) =>
      paper(
        Array.from({ length: count - 1 }, () => [
          { kind: 'paragraph', words: '一页' } as const,
          { kind: 'page-break' } as const,
        ]).flat(),
      )
    let beats = 0
    const beat = setInterval(() => beats++, 1)
    const drawing = read(
      paper([{ kind: 'paragraph', words: '理由充分，依据明确，请核对所附材料。'.repeat(1500) }]),
    )
    await expect(pdfOf(pages(2), 'reader')).rejects.toMatchObject({ code: 'too-many-requests' })
    // Somebody else only waits.
    await pdfOf(pages(2), 'other')
    clearInterval(beat)
    await drawing
    // Had it been drawn here, nothing else would have happened meanwhile.
    expect(beats).toBeGreaterThan(2)
    await expect(pdfOf(pages(mostPages + 1), 'reader')).rejects.toMatchObject({ code: 'too-large' })
    expect((await pdfOf(pages(mostPages), 'reader')).length).toBeGreaterThan(1000)
  })

  it('names a character that the font has not instead of leaving it out', async () => {
    const { packed } = await read(paper([{ kind: 'paragraph', words: '申请人：王\u{20BB7}' }]))
    expect(packed).toContain('申请人：王〓(U+20BB7)')
  })
})
