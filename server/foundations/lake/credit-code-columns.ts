import { creditCodeAlphabet, creditCodeWeights } from '@tiaoli/kernel/identifiers'

const length = 18
const zero = 0x30
const nine = 0x39
const noValue = 0xff

/** The value of each byte in a code; `noValue` for what none may have. */
const values = new Uint8Array(256).fill(noValue)
for (const [value, character] of [...creditCodeAlphabet].entries()) values[character.charCodeAt(0)] = value

/** Pure: whether the bytes are a unified social credit code in capitals, as `isCreditCode` of the kernel judges it. */
export function isCreditCodeAt(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== length || bytes[from] === zero) return false
  for (let at = from + 2; at < from + 8; at += 1) if (bytes[at]! < zero || bytes[at]! > nine) return false
  let sum = 0
  for (let place = 0; place < length; place += 1) {
    const value = values[bytes[from + place]!]!
    if (value === noValue) return false
    sum += value * (creditCodeWeights[place] ?? 1)
  }
  return sum % 31 === 0
}

/**
 * Watches, while rows pass as bytes, which columns have nothing in them but credit codes as they should be written.
 * The engine takes a text apart character by character; for a register of companies that was half of all its judging,
 * and here it is a few steps of a loop. A column with a single other cell is left to the engine.
 */
export class CreditCodeColumns {
  #watched: number[]

  constructor(width: number) {
    this.#watched = Array.from({ length: width }, (_, column) => column)
  }

  /** Columns, from 0, of which every cell seen is empty or a code. */
  get columns(): readonly number[] {
    return this.#watched
  }

  /** The next row: its first cell begins at `start`, and each one ends before the byte at its place in `ends`. */
  see(bytes: Uint8Array, start: number, ends: Int32Array): void {
    for (const column of this.#watched)
      if (!isEmptyOrCode(bytes, start, ends, column)) {
        this.#watched = this.#watched.filter((each) => isEmptyOrCode(bytes, start, ends, each))
        return
      }
  }
}

function isEmptyOrCode(bytes: Uint8Array, start: number, ends: Int32Array, column: number): boolean {
  const from = column === 0 ? start : ends[column - 1]! + 1
  const to = ends[column]!
  return from === to || isCreditCodeAt(bytes, from, to)
}
