import { expect, it } from 'vitest'
import { readDataState, writeDataState } from './data-state.ts'

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
    group: '日期:month',
    measure: '',
  })
})

it('shows the table where the address names no view that there is', () => {
  expect(readDataState(new URLSearchParams('view=cube')).view).toBe('table')
})
