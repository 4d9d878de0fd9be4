import { parseAst } from 'vite'
import { expect, it } from 'vitest'
import { withoutSchemas } from './without-schemas.ts'

type Transform = (this: { parse: typeof parseAst }, code: string, id: string) => { code: string } | null

const built = (code: string, id = '/house/contract/cases.ts') => {
  const plugin = withoutSchemas().find(({ name }) => name === 'tiaoli-routes-as-addresses')!
  return (plugin.transform as unknown as Transform).call({ parse: parseAst }, code, id)?.code
}

it('leaves of a route what a call of it needs, whatever its address is made of', () => {
  expect(
    built(
      "export const read = route({ id: 'read', method: 'GET', path: base + 1, summary: text('读', 'Read'), query: z.object({}), answer: seen })",
    ),
  ).toBe("export const read = { id: 'read', method: 'GET', path: base + 1 }")
  expect(built("const file = route({ id: 'file', path: '/f', answer: 'stream', since: '0.1' })")).toBe(
    "const file = { id: 'file', path: '/f', answer: 'stream' }",
  )
})

it('lets go of schemas that nobody uses, and touches nothing else', () => {
  expect(
    built('const one = z.string().min(1); export const names = [1]; function f() { return z.x() }'),
  ).toBe(
    'const one = /* @__PURE__ */ (() => (z.string().min(1)))(); export const names = [1]; function f() { return z.x() }',
  )
  expect(built('const one = z.string()', '/house/web/src/kit/api.ts')).toBeUndefined()
})
