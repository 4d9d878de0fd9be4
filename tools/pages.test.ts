import { expect, it } from 'vitest'
import { pagesOf, readPages } from './pages.ts'

it('reads the addresses of all places from the router', () => {
  const source = [
    'const portal: Pages = {',
    "  search: () => import('./search.tsx'),",
    "  'entries/:entryId': () => import('./entry.tsx'),",
    "  '*': () => import('./not-found.tsx'),",
    '}',
    'const desk: Pages = {',
    "  '': () => import('./inbox.tsx'),",
    "  'cases/:caseId': () => import('./case.tsx'),",
    '}',
    'const embedded: Pages = {',
    "  'entries/:entryId': () => import('./embed.tsx'),",
    '}',
  ].join('\n')
  expect(pagesOf(source)).toEqual([
    ...['/', '/search', '/entries/:entryId', '/desk', '/desk/cases/:caseId', '/embed/entries/:entryId'],
  ])
})

it('finds every page that the interface really has', () => {
  const pages = readPages()
  expect(pages).toEqual(expect.arrayContaining(['/', '/search', '/desk', '/desk/cases/:caseId', '/sign-in']))
  expect(new Set(pages).size).toBe(pages.length)
})
