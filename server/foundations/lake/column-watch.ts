import { anyKind, type CellKind, kindsIn, kindsOfCell, shapeOfByte } from './cell-kinds.ts'
import {
  countHash,
  distinctIn,
  emptyRegisters,
  hashBegin,
  hashWith,
  mergedRegisters,
} from './distinct-count.ts'
import { defaultNulls } from './nulls.ts'

/** What was seen of a column while its rows passed; cells that `defaultNulls` names are no values. */
export type SeenColumn = {
  readonly values: number
  readonly distinctAbout: number
  /** Types that every value of the column is of. */
  readonly kinds: readonly CellKind[]
}

/** What a watch has noted: how many rows there are, and by column. */
export type Watched = {
  rows: number
  readonly nulls: Float64Array
  readonly kinds: Uint8Array
  readonly registers: Uint8Array
}

const spellings = defaultNulls.map((spelling) => Buffer.from(spelling))
const beginsSpelling = new Uint8Array(256)
for (const [first] of spellings) if (first !== undefined) beginsSpelling[first] = 1
const longestSpelling = Math.max(...spellings.map(({ length }) => length))

/**
 * Watches the cells while rows pass as bytes: how many values each column has, about how many different ones, and
 * which types all of them are of. The reader has the bytes in hand, and notes this in a fraction of the time in which
 * the engine would read the table once more and take its texts apart.
 */
export class ColumnWatch {
  readonly watched: Watched
  readonly #width: number

  constructor(width: number) {
    this.#width = width
    this.watched = {
      rows: 0,
      nulls: new Float64Array(width),
      kinds: new Uint8Array(width).fill(anyKind),
      registers: emptyRegisters(width),
    }
    this.ends = new Int32Array(width)
    this.shapes = new Int32Array(width)
    this.hashes = new Int32Array(width)
  }

  /** Where each cell of the row ends that is looked at; its shape, and the hash of its bytes. */
  readonly ends: Int32Array
  readonly shapes: Int32Array
  readonly hashes: Int32Array

  /** Takes the row in whose cells are described; the first one begins at `start`. */
  see(bytes: Uint8Array, start: number): void {
    const { nulls, kinds, registers } = this.watched
    this.watched.rows += 1
    const { ends, shapes, hashes } = this
    let from = start
    for (let column = 0; column < this.#width; column += 1) {
      const to = ends[column]!
      if (to - from <= longestSpelling && isNoValue(bytes, from, to)) nulls[column]! += 1
      else {
        const kind = kinds[column]!
        if (kind !== 0) {
          const left = kindsOfCell(shapes[column]!, bytes, from, to, kind)
          if (left !== kind) kinds[column] = left
        }
        countHash(registers, column, hashes[column]!)
      }
      from = to + 1
    }
  }

  /** The same, where it is not known of the cells but where they end. */
  look(bytes: Uint8Array, start: number): void {
    let at = start
    for (let column = 0; column < this.#width; column += 1) {
      let shape = 0
      let hash = hashBegin
      for (; at < this.ends[column]!; at += 1) {
        shape = (shape + shapeOfByte(bytes[at]!)) | 0
        hash = hashWith(hash, bytes[at]!)
      }
      this.shapes[column] = shape
      this.hashes[column] = hash
      at += 1
    }
    this.see(bytes, start)
  }
}

function isNoValue(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true
  if (beginsSpelling[bytes[from]!] === 0) return false
  for (const spelling of spellings) if (isSame(bytes, from, to, spelling)) return true
  return false
}

function isSame(bytes: Uint8Array, from: number, to: number, spelling: Uint8Array): boolean {
  if (to - from !== spelling.length) return false
  for (let at = 0; at < spelling.length; at += 1) if (bytes[from + at] !== spelling[at]) return false
  return true
}

/** Pure: what was noted of two parts of a table. */
export const joinedWatches = (first: Watched, second: Watched): Watched => ({
  rows: first.rows + second.rows,
  nulls: first.nulls.map((count, column) => count + second.nulls[column]!),
  kinds: first.kinds.map((kinds, column) => kinds & second.kinds[column]!),
  registers: mergedRegisters(first.registers, second.registers),
})

/** Pure: what a watch has noted, told of each column. */
export const seenColumns = ({ rows, nulls, kinds, registers }: Watched): SeenColumn[] =>
  Array.from(nulls, (count, column) => ({
    values: rows - count,
    distinctAbout: Math.min(rows - count, distinctIn(registers, column)),
    kinds: kindsIn(kinds[column]!),
  }))
