import { afterAll, beforeAll, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
})
afterAll(() => city.close())

const id = '01a20132-0000-7000-8000-000000000000'

const asked = async (path: string) => {
  const { status, headers, text } = await city.visitor.get(path)
  return [path, status, String(headers['content-type']).split(';')[0], text.includes('<div id="root">')]
}

it('answers a page that there is, into the middle too', async () => {
  for (const path of ['/', '/search?q=1', '/search/', '/desk', `/desk/cases/${id}?a=/b`])
    expect(await asked(path)).toEqual([path, 200, 'text/html', true])
})

it('tells an address that is no page as missing, and shows a page all the same', async () => {
  for (const path of [
    '/nothing',
    '/entries',
    `/entries/${id}`,
    '/entries/1/2',
    '/desk/nothing',
    '/api',
    '//search',
  ])
    expect(await asked(path)).toEqual([path, 404, 'text/html', true])
})

it('keeps interfaces and files apart: what is missing there is a problem and no page', async () => {
  for (const path of ['/api/v1/nothing', '/ledger/nothing', '/assets/nothing.js', '/nothing.png'])
    expect(await asked(path)).toEqual([path, 404, 'application/problem+json', false])
  expect((await city.visitor.post('/search')).status).toBe(404)
})
