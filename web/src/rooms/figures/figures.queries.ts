import { type FigureQuery, type FiguresAnswer, getFigures } from '@tiaoli/contract/figures'
import { useSearchParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'

export type Asked = Partial<Pick<FigureQuery, 'from' | 'until' | 'procedure' | 'by' | 'organisation'>>

const known = ['from', 'until', 'procedure', 'by', 'organisation'] as const

/** What is asked stands in the address, so that every view is a link. */
export function useAsked(): readonly [Asked, (part: Asked) => void] {
  const [search, setSearch] = useSearchParams()
  const asked = Object.fromEntries(
    known.flatMap((key) => (search.get(key) ? [[key, search.get(key)!]] : [])),
  ) as Asked
  const change = (part: Asked) => {
    const next = Object.entries({ ...asked, ...part }).filter(([, value]) => value)
    setSearch(Object.fromEntries(next) as Record<string, string>, { replace: true })
  }
  return [asked, change]
}

export const useFigures = (asked: Asked) => useRoute(getFigures, { query: asked })

/** The address of the cases behind a number. */
export function casesOf(
  figures: Pick<FiguresAnswer, 'from' | 'until' | 'by' | 'procedure' | 'organisation'>,
  figure: string,
  more: { readonly organisation?: string; readonly month?: string; readonly basis?: string } = {},
): string {
  const { from, until, by, procedure } = figures
  const first = more.month === undefined ? from : later(from, `${more.month}-01`)
  const last = more.month === undefined ? until : earlier(until, endOf(more.month))
  const organisation = more.organisation ?? figures.organisation?.id
  return `/desk/counted?${new URLSearchParams({
    figure,
    by,
    from: first,
    until: last,
    ...(procedure ? { procedure } : {}),
    ...(organisation ? { organisation } : {}),
    ...(more.basis ? { basis: more.basis } : {}),
  })}`
}

const later = (one: string, other: string) => (one > other ? one : other)
const earlier = (one: string, other: string) => (one < other ? one : other)

function endOf(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10)
}

/** The address of the current grants behind a number: of one body, or of all; null where the reader may not see them. */
export function grantsOf(
  { by, total }: Pick<FiguresAnswer, 'by' | 'total'>,
  own: string | undefined,
  body: string | null,
): string | null {
  if (by === 'decider') return null
  if (body !== null && body === own)
    return `/desk/grants?standing=current&side=${by === 'provider' ? 'given' : 'held'}`
  if (!total.listed) return null
  const between =
    body === null ? '' : `&${by === 'provider' ? 'provider' : 'holder'}=${encodeURIComponent(body)}`
  return `/desk/grants?standing=current&side=overseen${between}`
}
