import type { Mask } from '@tiaoli/kernel/masks'
import { bitOf, type Carrier, type FieldType, signOf } from '../../foundations/lake/index.ts'

/** A chance of one in ten to this power that any innocent receiver is named, over all that come into question. */
export const surety = 9

/** Of how many carriers so many agree, and that chance agrees as well with some candidate at most once in 10^`surety`. */
export type Agreement = { readonly carriers: number; readonly agreeing: number; readonly surety: number }

const log10 = (value: number): number => Math.log10(value)

/** log10 of n over k. */
function chooseLog(n: number, k: number): number {
  let sum = 0
  for (let each = 1; each <= k; each += 1) sum += log10(n - k + each) - log10(each)
  return sum
}

/** log10 of the chance that of `n` independent carriers, each agreeing with chance 10^`each`, at least `k` agree. */
export function chanceLog(n: number, k: number, each: number): number {
  if (k <= 0) return 0
  const other = Math.log10(1 - 10 ** each)
  let term = chooseLog(n, k) + k * each + (n - k) * other
  let sum = 0
  const first = term
  for (let at = k; at <= n; at += 1) {
    sum += 10 ** (term - first)
    term += log10(n - at) - log10(at + 1) + each - other
    if (term < first - 20) break
  }
  return Math.min(0, first + log10(sum))
}

/** A form agrees by chance half the time; a pseudonym has 24 bits that tell its grant. */
export const chanceOfForm = Math.log10(0.5)
export const chanceOfPseudonym = 24 * chanceOfForm

/**
 * Pure: how many of `carriers` have to agree so that no innocent one of `candidates` is named with more than the
 * chance of 10^-`surety`; undefined where not even all of them would do.
 */
export function leastAgreeing(carriers: number, candidates: number, each: number): number | undefined {
  const bound = -surety - log10(Math.max(1, candidates))
  if (carriers === 0 || carriers * each > bound) return undefined
  let [from, to] = [1, carriers]
  while (from < to) {
    const middle = (from + to) >> 1
    if (chanceLog(carriers, middle, each) <= bound) to = middle
    else from = middle + 1
  }
  return from
}

/** log10 of the chance that a sign of so many random bits says what another says, however much they are made to say. */
const chanceOfSign = (sign: string): number => 4 * sign.length * chanceOfForm

/** Pure: how many carriers say one sign, or 0 as soon as they cannot be `least` any more. */
export function agreeing(carriers: readonly Carrier[], sign: string, least: number): number {
  const words = signOf(sign)
  let others = carriers.length - least
  for (const { digest, bit } of carriers) if (bitOf(digest, words) !== bit && --others < 0) return 0
  return least + others
}

/**
 * Pure: looks for the one of many signs whose forms the carriers show; undefined where the carriers are too few to tell
 * it. For a sign that did not write the file each carrier agrees half the time, and all of them never less often than
 * once in two to the power of its bits: of too many `candidates` (signs times ways of looking at them) a short one
 * tells none surely. Signs are given page by page, as they may be many.
 */
export function searchOfSigns(carriers: readonly Carrier[], candidates: number) {
  const least = leastAgreeing(carriers.length, candidates, chanceOfForm)
  if (least === undefined) return undefined
  const ofAll = log10(Math.max(1, candidates))
  let best: { sign: string; count: number } | undefined
  return {
    look(signs: Iterable<string>): void {
      for (const sign of signs) {
        if (chanceOfSign(sign) + ofAll > -surety) continue
        const count = agreeing(carriers, sign, Math.max(least, (best?.count ?? 0) + 1))
        if (count > 0) best = { sign, count }
      }
    },
    found: (): (Agreement & { readonly sign: string }) | undefined =>
      best && {
        sign: best.sign,
        carriers: carriers.length,
        agreeing: best.count,
        surety: Math.min(
          suretyOf(carriers.length, best.count, candidates, chanceOfForm),
          Math.floor(-chanceOfSign(best.sign) - ofAll),
        ),
      },
  }
}

/** Pure: the power of ten that the chance of a wrong name stays below. */
export const suretyOf = (carriers: number, agreed: number, candidates: number, each: number): number =>
  Math.floor(-chanceLog(carriers, agreed, each) - log10(Math.max(1, candidates)))

/**
 * How far rows can be traced that leak out of what is given: `values`: by what stands in them, even saved anew;
 * `forms`: by how their cells are written, until another program writes them anew; `file`: not at all, only the file
 * as a whole.
 */
export type Traceability = 'values' | 'forms' | 'file'

/** Different texts from which on 200 rows of running text can be traced among a thousand receivers. */
export const textsToTrace = 45

/** Types whose cells are texts that are not all digits. */
const formTypes: ReadonlySet<FieldType> = new Set(['text', 'credit-code', 'date', 'instant', 'time'])

/** Pure. `prose`: the fields that hold running text. A field in clear has the mask `none`. */
export function traceabilityOf(
  fields: readonly { readonly name: string; readonly type: FieldType; readonly mask: Mask }[],
  prose: readonly string[],
): Traceability {
  const shown = fields.filter(({ mask }) => mask !== 'hidden')
  if (shown.some(({ name, mask }) => mask === 'pseudonym' || (mask === 'none' && prose.includes(name))))
    return 'values'
  return shown.some(({ type, mask }) => (mask === 'none' && formTypes.has(type)) || mask === 'partial')
    ? 'forms'
    : 'file'
}
