import { describe, expect, it, vi } from 'vitest'
import { createRowPages } from './row-pages.ts'

const pageRows = 10

/** A list of so many rows, whose cursors are the number of the next row. */
function listOf(total: number) {
  const asked: number[] = []
  const load = async (cursor: string | null) => {
    const from = cursor === null ? 0 : Number(cursor)
    asked.push(from)
    const to = Math.min(total, from + pageRows)
    return {
      columns: [{ name: '编号', type: 'integer' as const, mask: 'none' as const }],
      rows: Array.from({ length: to - from }, (_, index) => ({ 编号: from + index })),
      nextCursor: to < total ? String(to) : null,
      total,
      totalIsEstimate: false,
    }
  }
  return { asked, load }
}

const read = async (pages: ReturnType<typeof createRowPages>, row: number) => {
  pages.want(row, row + 5)
  await vi.waitFor(() => expect(pages.row(row)).toEqual({ 编号: row }))
}

describe('rows page by page', () => {
  it('reads one page ahead and no further', async () => {
    const { asked, load } = listOf(1000)
    const pages = createRowPages(load)
    await read(pages, 0)
    await vi.waitFor(() => expect(asked).toEqual([0, 10]))
    expect(pages.known()).toMatchObject({ total: 1000, ended: false })
    pages.close()
  })

  it('keeps the pages near the reader only, and reads others again when the reader goes back', async () => {
    const { asked, load } = listOf(400)
    const pages = createRowPages(load)
    for (let row = 0; row < 400; row += 10) await read(pages, row)
    await vi.waitFor(() => expect(pages.known()).toMatchObject({ reached: 400, ended: true }))
    const kept = Array.from({ length: 400 }, (_, row) => pages.row(row)).filter(Boolean)
    expect(kept.length).toBeLessThanOrEqual(60)
    expect(pages.row(0)).toBeUndefined()
    const before = asked.length
    await read(pages, 0)
    expect(asked.slice(before)).toContain(0)
    expect(pages.row(399)).toBeUndefined()
    pages.close()
  })

  it('tells of a page that failed, and goes on where it was when asked to', async () => {
    const { load } = listOf(30)
    let broken = true
    const pages = createRowPages(async (cursor) => {
      if (cursor === '10' && broken) throw new Error('no line')
      return load(cursor)
    })
    pages.want(0, 5)
    await vi.waitFor(() => expect(pages.known().error?.message).toBe('no line'))
    expect(pages.row(0)).toEqual({ 编号: 0 })
    broken = false
    pages.retry()
    await read(pages, 10)
    expect(pages.known().error).toBeNull()
    pages.close()
  })

  it('asks for nothing once it is closed', async () => {
    const { asked, load } = listOf(1000)
    const pages = createRowPages(load)
    await read(pages, 0)
    await vi.waitFor(() => expect(asked.length).toBe(2))
    pages.close()
    pages.want(10, 15)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(asked).toEqual([0, 10])
  })
})
