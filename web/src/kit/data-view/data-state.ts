import { useSearchParams } from 'react-router'

export const views = ['table', 'plot', 'map'] as const
export type View = (typeof views)[number]

/** How the data are looked at; all of it stands in the address, so every view is a link. */
export type DataState = {
  readonly view: View
  readonly where: readonly string[]
  readonly sort: string
  /** Names of the columns shown, separated by commas; all where empty. */
  readonly columns: string
  readonly group: string
  readonly measure: string
  readonly split: string
  readonly kind: string
  /** About how many bins numbers fall into; the interface chooses where empty. */
  readonly bins: string
  /** `1` where values stand on a logarithmic scale. */
  readonly log: string
}

const words = ['sort', 'columns', 'group', 'measure', 'split', 'kind', 'bins', 'log'] as const

export function readDataState(search: URLSearchParams): DataState {
  const view = views.find((one) => one === search.get('view')) ?? 'table'
  const said = Object.fromEntries(words.map((word) => [word, search.get(word) ?? '']))
  return { view, where: search.getAll('where'), ...(said as Record<(typeof words)[number], string>) }
}

/** The part of the address that is the state, without what else stands in it. */
export function stateSearch(state: DataState, language: string): string {
  const search = writeDataState(new URLSearchParams(), state)
  search.set('lang', language)
  return search.toString()
}

/** Writes a change of the state into the parameters and leaves those of others alone. */
export function writeDataState(search: URLSearchParams, change: Partial<DataState>): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(change)) {
    next.delete(name)
    for (const item of Array.isArray(value) ? value : [value]) if (item !== '') next.append(name, item)
  }
  return next
}

export function useDataState() {
  const [search, setSearch] = useSearchParams()
  const change = (part: Partial<DataState>) =>
    setSearch((now) => writeDataState(now, part), { replace: true, preventScrollReset: true })
  return [readDataState(search), change] as const
}
