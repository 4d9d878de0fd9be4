import { routes } from '@tiaoli/contract/index'
import { openApiOf } from '@tiaoli/contract/openapi'
import { expect, it } from 'vitest'
import { en } from '../../text/whole.ts'
import { curlOf, groupsOf, groupsWith, meaningOf, type OpenApi, titleOf } from './open-api.ts'

const document = openApiOf(routes, '0') as OpenApi
const groups = groupsOf(document)
const operations = groups.flatMap((group) => group.operations)

it('lists every route of the contract, each in a group that has a name', () => {
  expect(operations.map(({ id }) => id).sort()).toEqual(routes.map(({ id }) => id).sort())
  expect(groups.map(({ name }) => name).filter((name) => !(name in en.docs.groups))).toEqual([])
})

it('titles an operation in the reader’s language', () => {
  const search = operations.find(({ id }) => id === 'listEntries')!
  expect([titleOf(search, 'zh'), titleOf(search, 'en')]).toEqual(['检索目录条目', 'Search the catalogue'])
})

it('says what each parameter of what anybody may call is, in both languages', () => {
  const open = new Set(
    routes.filter(({ access }) => access === 'public' || access === 'caller').map(({ id }) => id),
  )
  const silent = operations
    .filter(({ id }) => open.has(id))
    .flatMap(({ id, parameters = [] }) =>
      parameters
        .filter((one) => one['x-description-zh'] === undefined || meaningOf(one, 'en') === '')
        .map(({ name }) => `${id}.${name}`),
    )
  expect(silent).toEqual([])
  const rows = operations.find(({ id }) => id === 'listRows')!
  const cursor = rows.parameters!.find(({ name }) => name === 'cursor')
  expect(meaningOf(cursor, 'zh')).toContain('翻页标记')
  expect(meaningOf(cursor, 'en')).toContain('nextCursor')
})

it('shows a call with its method, its address and the body that it demands', () => {
  const signIn = operations.find(({ id }) => id === 'signIn')!
  expect(curlOf(document, signIn, 'https://data.example')).toContain(
    `-X POST 'https://data.example/api/v1/session'`,
  )
  expect(curlOf(document, signIn, 'https://data.example')).toContain('"username"')
})

it('finds operations by words of either language and by address', () => {
  const found = (words: string) =>
    groupsWith(groups, words, (name) => en.docs.groups[name as keyof typeof en.docs.groups]).flatMap(
      (group) => group.operations.map(({ id }) => id),
    )
  expect(found('检索 目录条目')).toContain('listEntries')
  expect(found('SEARCH the catalogue')).toContain('listEntries')
  expect(found('get /api/v1/entry-suggestions')).toEqual(['suggestEntries'])
  expect(found('no such words')).toEqual([])
  expect(found('  ')).toHaveLength(operations.length)
})
