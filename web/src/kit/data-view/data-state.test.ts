import { expect, it } from 'vitest'
import { readDataState, stateSearch, writeDataState } from './data-state.ts'

it('reads back what it has written, and leaves other parameters alone', () => {
  const written = writeDataState(new URLSearchParams('lang=en&where=old:eq:1'), {
    view: 'plot',
    where: ['区县:eq:渝中区', '日期:gte:2026-01-01'],
    group: '日期:month',
  })
  expect(written.get('lang')).toBe('en')
  expect(readDataState(written)).toEqual({
    view: 'plot',
    where: ['区县:eq:渝中区', '日期:gte:2026-01-01'],
    sort: '',
    columns: '',
    group: '日期:month',
    measure: '',
    split: '',
    kind: '',
    bins: '',
    log: '',
  })
})

it('shows the table where the address names no view that there is', () => {
  expect(readDataState(new URLSearchParams('view=cube')).view).toBe('table')
})

it('hands a view on with its language and nothing else', () => {
  const state = readDataState(new URLSearchParams('view=map&where=区县:eq:渝中区&token=secret'))
  const search = new URLSearchParams(stateSearch(state, 'en'))
  expect([...search]).toEqual([
    ['view', 'map'],
    ['where', '区县:eq:渝中区'],
    ['lang', 'en'],
  ])
})
