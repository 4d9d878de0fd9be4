import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { apiExamples } from './api-example.ts'

const open = {
  origin: 'https://data.example',
  entryId: '01990000-0000-7000-8000-000000000001',
  fields: ['站点名称', '经度'],
  withKey: false,
}
const granted = {
  ...open,
  withKey: true,
  grantId: '01990000-0000-7000-8000-000000000002',
  scenario: "核对 '低保'",
}
const code = (call: Parameters<typeof apiExamples>[0], name: string): string =>
  apiExamples(call).find((example) => example.name === name)!.code

it('asks for no key where the data are open', () => {
  for (const example of apiExamples(open)) expect(example.code).not.toContain('Authorization')
})

it('names entry, fields, grant and scenario in every language', () => {
  for (const example of apiExamples(granted)) {
    for (const part of [granted.entryId, '站点名称,经度', granted.grantId, '低保', 'TIAOLI_KEY'])
      expect(example.code).toContain(part)
  }
})

it('quotes for the shell, so that a quote in a scenario stays a quote', () => {
  const call = code(granted, 'curl').replace(/^curl -G/, 'printf "%s\\n"')
  const words = execFileSync('sh', ['-c', call], { env: { TIAOLI_KEY: 'tlk_1' } })
    .toString()
    .split('\n')
  expect(words).toContain("scenario=核对 '低保'")
  expect(words).toContain('Authorization: Bearer tlk_1')
})

it('writes JavaScript that parses', () => {
  const body = `return async () => { ${code(granted, 'JavaScript')} }`
  expect(() => new Function(body)).not.toThrow()
})
