import { expect, it } from 'vitest'
import { isText, readCursor, writeCursor } from './cursor.ts'

it('takes a cursor of its own list, and none that names what no store could hold', () => {
  const read = (position: unknown) => () => readCursor('items', writeCursor('items', position), isText)
  expect(read('甲')()).toBe('甲')
  for (const position of ['\u0000', 'a\u0000b', '\ud800', 7, null])
    expect(read(position)).toThrow('bad-cursor')
  expect(() => readCursor('others', writeCursor('items', '甲'), isText)).toThrow('bad-cursor')
})
