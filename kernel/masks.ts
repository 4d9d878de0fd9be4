import { type Text, text } from './text.ts'

/** Masks without a parameter. */
export const plainMasks = [
  'none',
  'hidden',
  'aggregate',
  'partial',
  'pseudonym',
  'year',
  'month',
  'district',
] as const
/** Masks of numbers, followed by a step. */
export const stepMasks = ['band', 'round'] as const

/**
 * How a field is shown: in clear, not at all, in aggregates of groups only, in part as is customary, under a pseudonym of the grant, or made coarser:
 * a date to its year or month, a place to its district, a number to its band or rounded to a step.
 */
export type Mask = (typeof plainMasks)[number] | `${(typeof stepMasks)[number]}:${number}`

/** A mask in its two parts; undefined for what is none. A step is a plain positive decimal. */
export function readMask(
  mask: unknown,
):
  | { readonly kind: (typeof plainMasks)[number] | (typeof stepMasks)[number]; readonly step: number }
  | undefined {
  if (typeof mask !== 'string') return undefined
  const plain = plainMasks.find((each) => each === mask)
  if (plain !== undefined) return { kind: plain, step: 0 }
  const stepped = /^(band|round):(\d{1,12}(?:\.\d{1,6})?)$/.exec(mask)
  const step = Number(stepped?.[2])
  return step > 0 ? { kind: stepped![1] as (typeof stepMasks)[number], step } : undefined
}

const words = {
  none: text('原样提供', 'in clear'),
  hidden: text('不提供', 'not provided'),
  aggregate: text('只提供汇总结果', 'in aggregates only'),
  partial: text('部分隐去', 'partly masked'),
  pseudonym: text('以代号替换', 'replaced by a pseudonym'),
  year: text('只到年份', 'year only'),
  month: text('只到月份', 'month only'),
  district: text('只到区县', 'district only'),
} as const

/** A mask in words. */
export function maskTerm(mask: Mask): Text {
  const { kind, step } = readMask(mask) ?? { kind: 'hidden', step: 0 }
  if (kind === 'band') return text(`每${step}为一档`, `in bands of ${step}`)
  if (kind === 'round') return text(`按${step}取整`, `rounded to ${step}`)
  return words[kind]
}

/** The masks of some fields in words, each after the name of its field. */
export function masksInWords(masks: Readonly<Record<string, Mask>>): Text {
  const said = Object.entries(masks).map(([name, mask]) => [name, maskTerm(mask)] as const)
  return text(
    said.map(([name, { zh }]) => `${name}（${zh}）`).join('、'),
    said.map(([name, { en }]) => `${name} (${en})`).join(', '),
  )
}
