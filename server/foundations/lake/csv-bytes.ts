const carriageReturn = 0x0d
const lineFeed = 0x0a
const space = 0x20

/** Place after the next line end (of any kind), or -1. */
export function lineEnd(data: Buffer, start: number): number {
  for (let at = start; at < data.length; at += 1) {
    if (data[at] === lineFeed) return at + 1
    if (data[at] === carriageReturn) return data[at + 1] === lineFeed ? at + 2 : at + 1
  }
  return -1
}

/** Whether there is nothing but blanks and line ends. */
export function isBlankLine(data: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = data[at]!
    if (byte !== space && byte !== lineFeed && byte !== carriageReturn && byte !== 0x09) return false
  }
  return true
}

/** Whether a cell begins or ends with a blank of any script. */
export function hasOuterBlank(out: Buffer, from: number, to: number): boolean {
  if (to === from) return false
  if (isVisible(out[from]!) && isVisible(out[to - 1]!)) return false
  return isBlankAt(out, from) || isBlankAt(out, lastCharacter(out, from, to))
}

/** Whether a byte is a character of ASCII that shows, as the first and last of most cells are. */
const isVisible = (byte: number): boolean => byte > space && byte < 0x80

/** Where the last character begins: bytes 10xxxxxx continue one. */
function lastCharacter(out: Buffer, from: number, to: number): number {
  let at = to - 1
  while (at > from && (out[at]! & 0xc0) === 0x80) at -= 1
  return at
}

/** ASCII blanks, U+00A0 (two bytes), U+2000 to U+200A and U+3000 (three bytes). */
function isBlankAt(out: Buffer, at: number): boolean {
  const byte = out[at]!
  if (byte <= space) return true
  if (byte === 0xc2) return out[at + 1] === 0xa0
  if (byte === 0xe3) return out[at + 1] === 0x80 && out[at + 2] === 0x80
  return byte === 0xe2 && out[at + 1] === 0x80 && out[at + 2]! <= 0x8a
}

/** Writes the digits of a number and gives the place after them. */
export function writeNumber(out: Buffer, to: number, value: number): number {
  let digits = 1
  for (let bound = 10; bound <= value; bound *= 10) digits += 1
  let rest = value
  for (let place = to + digits - 1; place >= to; place -= 1) {
    out[place] = 0x30 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
  return to + digits
}
