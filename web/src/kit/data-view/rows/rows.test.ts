import { describe, expect, it } from 'vitest'
import { cellAfter } from './active-cell.ts'
import { columnWidths } from './column-widths.ts'
import { windowBase, windowCount, windowRows } from './row-window.ts'

describe('the part of the rows that is held', () => {
  it('goes forward over a million rows and back to the first, with the row in sight always within', () => {
    const rows = 1_000_000
    let base = 0
    for (let first = 0; first < rows; first += 500) {
      base = windowBase(base, first, rows)
      expect(first >= base && first < base + windowCount(base, rows), `${first} of ${base}`).toBe(true)
    }
    expect(base + windowCount(base, rows)).toBe(rows)
    for (let first = rows - 1; first >= 0; first -= 500) {
      base = windowBase(base, first, rows)
      expect(first >= base && first < base + windowRows, `${first} of ${base}`).toBe(true)
    }
    expect(base).toBe(0)
  })

  it('stays where it is in a list that fits', () => {
    expect(windowBase(0, 90_000, 95_000)).toBe(0)
  })
})

describe('keys in the table', () => {
  const size = { rows: 100, columns: 5, pageRows: 20 }
  const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false })
  it.each([
    ['ArrowDown', false, { row: 51, column: 2 }],
    ['ArrowUp', true, { row: 0, column: 2 }],
    ['PageDown', false, { row: 70, column: 2 }],
    ['PageUp', false, { row: 30, column: 2 }],
    ['Home', false, { row: 50, column: 0 }],
    ['End', true, { row: 99, column: 4 }],
  ])('%s (with Ctrl: %s)', (key, ctrl, there) => {
    expect(cellAfter({ row: 50, column: 2 }, press(key, ctrl), size)).toEqual(there)
  })

  it('stay within the rows, and leave other keys alone', () => {
    expect(cellAfter({ row: 99, column: 4 }, press('ArrowRight'), size)).toEqual({ row: 99, column: 4 })
    expect(cellAfter({ row: 95, column: 0 }, press('PageDown'), size)).toEqual({ row: 99, column: 0 })
    expect(cellAfter({ row: 0, column: 0 }, press('Tab'), size)).toBeNull()
  })
})

it('gives columns the width of what they show, up to a measure', () => {
  const widths = columnWidths(
    [{ name: '编号' }, { name: '名称' }, { name: '说明' }],
    [['1', '示例停车场', '长'.repeat(80)]],
  )
  expect(widths).toEqual([4.5, 7.4, 22])
})
