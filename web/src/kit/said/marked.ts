import { isValidElement, type Key, type ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { languageNow } from '../preferences.ts'
import { hasHan, isHanAlone, runsOf } from './runs.ts'

/** The language of the city's own words, as BCP 47 names it. */
export const cityLanguage = 'zh-Hans'

/** Elements in which nothing but text can stand: their language is said of the whole. */
const textOnly = new Set(['option', 'optgroup', 'text', 'tspan', 'title', 'desc', 'style'])

/** Questions, of which what has been answered is their text. */
const questions = new Set(['input', 'textarea'])

type Props = {
  readonly children?: ReactNode
  readonly lang?: string
  readonly value?: unknown
  readonly defaultValue?: unknown
}

/**
 * The properties of an element whose Chinese words say that they are Chinese where the page is read in English (WCAG
 * 3.1.2): titles, names and values of the catalogue exist in Chinese only, and a screen reader would spell them out as
 * English. The page's own language needs no mark.
 */
export function marked<P extends object>(type: unknown, props: P): P {
  if (languageNow() === 'zh' || !showsChildren(type)) return props
  const { lang, children, value, defaultValue } = props as Props
  if (lang !== undefined) return props
  if (questions.has(type as string))
    return [value, defaultValue].some((answer) => typeof answer === 'string' && hasHan(answer))
      ? { ...props, lang: cityLanguage }
      : props
  if (!someHan(children)) return props
  const whole = typeof type === 'string' && (textOnly.has(type) || areHanAlone(children))
  return whole ? { ...props, lang: cityLanguage } : { ...props, children: divided(children) }
}

/** Components of ours are functions, and show what they are given by elements of their own; a link of the router does not. */
const showsChildren = (type: unknown): boolean =>
  typeof type === 'string' || typeof type === 'object' || type === Fragment

function someHan(node: ReactNode): boolean {
  if (typeof node === 'string') return hasHan(node)
  return Array.isArray(node) && node.some(someHan)
}

function areHanAlone(node: ReactNode): boolean {
  const parts = [node].flat(Number.POSITIVE_INFINITY)
  return !parts.some((part) => isValidElement(part)) && isHanAlone(parts.filter(isWord).join(''))
}

const isWord = (part: unknown): part is string | number =>
  typeof part === 'string' || typeof part === 'number'

function divided(node: ReactNode, key?: Key): ReactNode {
  if (Array.isArray(node)) return node.map((each: ReactNode, index) => divided(each, `said-${index}`))
  if (typeof node !== 'string' || !hasHan(node)) return node
  const parts = runsOf(node).map(({ text, han }, index) =>
    han ? jsx('span', { lang: cityLanguage, children: text }, index) : text,
  )
  return jsxs(Fragment, { children: parts }, key)
}
