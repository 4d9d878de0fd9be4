import { expect, it } from 'vitest'
import { firstChunks } from './first-chunks.ts'

const page = (path: string) => `/web/src/rooms/${path}`
const imports: Record<string, string[]> = {
  '/web/src/main.tsx': ['/kit/api.ts', '/web/node_modules/react-dom/client.js'],
  '/web/node_modules/react-dom/client.js': ['/web/node_modules/scheduler/index.js'],
  [page('home/pages/front-page.tsx')]: ['/kit/api.ts', '/kit/newest.tsx'],
  [page('catalogue/pages/search-page.tsx')]: ['/kit/field.tsx'],
  [page('catalogue/pages/entry-page.tsx')]: ['/kit/field.tsx', '/kit/quality.tsx'],
  '/web/src/text/zh.ts': ['/text/zh/kit.ts', '/kernel/themes.ts'],
  '/web/src/text/en.ts': ['/text/en/kit.ts', '/kernel/themes.ts'],
  '/kit/quality.tsx': ['/kit/bar.tsx', '/kit/quality.tsx'],
}
const modules = { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) }

it('puts what the first pages need into few files, and leaves all else where it is', () => {
  const chunkOf = firstChunks('/web/src/main.tsx')
  expect(chunkOf('/kit/api.ts', modules)).toBe('start')
  expect(chunkOf('/kernel/themes.ts', modules)).toBe('start')
  expect(chunkOf('/text/zh/kit.ts', modules)).toBe('words-zh')
  expect(chunkOf('/web/src/text/en.ts', modules)).toBe('words-en')
  expect(chunkOf('/web/node_modules/react-dom/client.js', modules)).toBe('drawing')
  expect(chunkOf('/web/node_modules/scheduler/index.js', modules)).toBe('drawing')
  expect(chunkOf('/kit/newest.tsx', modules)).toBe('start')
  expect(chunkOf('/kit/field.tsx', modules)).toBe('start')
  expect(chunkOf('/kit/bar.tsx', modules)).toBe('entry')
  expect(chunkOf(page('catalogue/pages/entry-page.tsx'), modules)).toBe('entry')
  expect(chunkOf(page('catalogue/pages/search-page.tsx'), modules)).toBeNull()
  expect(chunkOf('/web/src/main.tsx', modules)).toBe('start')
  expect(chunkOf('/kit/desk.tsx', modules)).toBeNull()
})
