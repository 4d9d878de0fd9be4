import { pinyin } from 'pinyin-pro'
import { isHan } from './fold.ts'

/** One syllable, without tone and with v for ü, for each Chinese character of a run; by its words where one has several. */
export const syllablesOf = (run: string): string[] =>
  pinyin(run, { toneType: 'none', type: 'array', v: true })

/** The first letters of syllables: 企业登记 is typed as qydj. */
export const initialsOf = (syllables: readonly string[]): string =>
  syllables.map((syllable) => syllable[0]!).join('')

let syllables: ReadonlySet<string> | undefined
let beginnings: ReadonlySet<string> | undefined

/** Every syllable that a character of the basic block is read with; gathered when first asked for, some 40 ms. */
function known(): { syllables: ReadonlySet<string>; beginnings: ReadonlySet<string> } {
  if (syllables === undefined || beginnings === undefined) {
    const basic = Array.from({ length: 0x9fa5 - 0x4e00 }, (_, index) => String.fromCharCode(0x4e00 + index))
    const read = pinyin(basic.join(' '), { toneType: 'none', type: 'array', v: true, nonZh: 'removed' })
    syllables = new Set(read.filter((syllable) => /^[a-z]*[aeiouv][a-z]*$/.test(syllable)))
    beginnings = new Set(
      [...syllables].flatMap((syllable) => [...syllable].map((_, index) => syllable.slice(0, index + 1))),
    )
  }
  return { syllables, beginnings }
}

/** Letters read as syllables; the last may be begun only (`tail`), as somebody still types. */
export type PinyinReading = { readonly syllables: readonly string[]; readonly tail: string }

const longest = 6
const mostReadings = 4

/** The ways to read letters as pinyin, whole readings first; none where they cannot be read so. */
export function readingsOf(letters: string): PinyinReading[] {
  if (!/^[a-z]{2,40}$/.test(letters)) return []
  const whole: PinyinReading[] = []
  const begun: PinyinReading[] = []
  const dead = new Set<number>()
  const walk = (from: number, read: readonly string[]): boolean => {
    if (from === letters.length) {
      whole.push({ syllables: read, tail: '' })
      return true
    }
    if (dead.has(from) || whole.length >= mostReadings) return false
    let led = false
    for (let end = Math.min(letters.length, from + longest); end > from; end--) {
      const part = letters.slice(from, end)
      if (known().syllables.has(part)) led = walk(end, [...read, part]) || led
      if (end === letters.length && read.length > 0 && begun.length < mostReadings && isBegun(part)) {
        begun.push({ syllables: read, tail: part })
        led = true
      }
    }
    if (!led) dead.add(from)
    return led
  }
  walk(0, [])
  return whole.length > 0 ? whole.slice(0, mostReadings) : begun
}

const isBegun = (part: string): boolean => known().beginnings.has(part) && !known().syllables.has(part)

/** Whether letters could be first letters of syllables: none begins with i, u or v. */
export const canBeInitials = (letters: string): boolean => /^[a-hj-tw-z]{2,12}$/.test(letters)

/** The Chinese runs among tokens, each as syllables. */
export const spoken = (tokens: readonly string[]): string[][] => tokens.filter(isHan).map(syllablesOf)
