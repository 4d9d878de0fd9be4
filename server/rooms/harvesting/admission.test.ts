import { text } from '@tiaoli/kernel/text'
import { expect, it } from 'vitest'
import { Problem } from '../../foundations/problems/index.ts'
import type { DraftInput } from '../catalogue/index.ts'
import { createAdmission, RunRefused } from './admission.ts'

const problem = (path: string, article?: string) =>
  new Problem('refused-by-law', {
    article,
    condition: text('不收录', 'not taken'),
    errors: [{ path, message: text('不收录', 'not taken') }],
  })
/** The catalogue refuses what `said` throws for a draft. */
const admissionWhere = (said: (draft: DraftInput) => void) =>
  createAdmission({ imported: { check: (_: string, draft: DraftInput) => said(draft) } as never }, 'market')
const draft = { title: '水位', fields: [{}, {}] } as DraftInput

it('tells of one entry what an entry that says nothing would not meet', async () => {
  const refusal = problem('fields')
  const admission = admissionWhere(({ fields }) => {
    if (fields.length > 0) throw refusal
  })
  expect(admission.refusalOf(draft)).toBe(refusal)
  await expect(admission.within(async () => Promise.reject(refusal))).rejects.toBe(refusal)
})

it('takes nothing for common that an entry which says nothing meets for another reason', () => {
  const refusal = problem('fields')
  const admission = admissionWhere(({ fields }) => {
    throw fields.length > 0 ? refusal : problem('title')
  })
  expect(admission.refusalOf(draft)).toBe(refusal)
})

it('ends with what every entry meets, wherever it shows', async () => {
  const admission = admissionWhere(() => {
    throw problem('part', 'CQ-22.1-a')
  })
  expect(() => admission.refusalOf(draft)).toThrow(RunRefused)
  await expect(
    admission.within(async () => Promise.reject(problem('part', 'CQ-22.1-a'))),
  ).rejects.toMatchObject({
    name: 'RunRefused',
    refusal: { article: 'CQ-22.1-a', condition: { zh: '不收录' }, remedy: null },
  })
})

it('leaves an error of the house as it is', async () => {
  const failure = new Error('the disk is full')
  const admission = admissionWhere(() => {
    throw failure
  })
  expect(() => admission.refusalOf(draft)).toThrow(failure)
  await expect(admission.within(async () => Promise.reject(failure))).rejects.toBe(failure)
})
