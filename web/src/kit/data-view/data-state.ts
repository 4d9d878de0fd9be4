import { useSearchParams } from 'react-router'

export const views = ['table', 'plot', 'map'] as const
export type View = (typeof views)[number]

/** How the data are looked at; all of it stands in the address, so every view is a link. */
export type DataState = {
  readonly view: View
  readonly where: readonly string[]
  readonly sort: string
  readonly group: string
  readonly measure: string
}

export function readDataState(search: URLSearchParams): DataState {
  const view = views.find((one) => one === search.get('view')) ?? 'table'
  return {
    view,
    where: search.getAll('where'),
    sort: search.get('sort') ?? '',
    group: search.get('group') ?? '',
    measure: search.get('measure') ?? '',
  }
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
