import { civilMinuteOf } from '@tiaoli/kernel/instants'
import type { Language } from './preferences.ts'

const locale = { zh: 'zh-CN', en: 'en-GB' } as const

const numbers: Partial<Record<Language, Intl.NumberFormat>> = {}

/** What needs no rounding: a number as it is written, with up to three places. */
const asItIs = /^(-?\d+)(\.\d{1,3})?$/

/**
 * A number with its thousands set apart, as both languages have them, and up to three places. What need not be rounded is
 * put together here: to read the customs of a language for it is a telephone's longest task while a page is drawn.
 */
export function formatNumber(value: number, language: Language): string {
  const [, whole, places = ''] = asItIs.exec(String(value)) ?? []
  if (whole !== undefined) return whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + places
  numbers[language] ??= new Intl.NumberFormat(locale[language])
  return numbers[language].format(value)
}

/** A day with its weekday, as officials write due dates: 10 月 14 日（周三）. The year only where it differs. */
export function formatDay(on: string, language: Language, today: string): string {
  const date = new Date(`${on}T00:00:00Z`)
  const sameYear = on.slice(0, 4) === today.slice(0, 4)
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale[language], { timeZone: 'UTC', ...options }).format(date)
  const weekday = part({ weekday: 'short' })
  if (language === 'en') {
    const day = part({ day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) })
    return `${weekday} ${day}`
  }
  const [year, month, day] = on.split('-').map(Number)
  return `${sameYear ? '' : `${year} 年 `}${month} 月 ${day} 日（${weekday}）`
}

/** A moment in China's civil time, to the minute: 2026-10-14 09:30. */
export const formatMoment = (at: string): string => civilMinuteOf(new Date(at))

/** A day as people choose it, as moments: from its beginning in China's civil time to the beginning of the next. */
export const startOfDay = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString()
export const endOfDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString()

export const formatDate = (at: string): string => formatMoment(at).slice(0, 10)

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
