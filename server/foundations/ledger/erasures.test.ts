import { expect, it } from 'vitest'
import { mayBeErased } from './erasures.ts'

const may = (kind: string): boolean => mayBeErased({ kind, erasedAt: null })

it.each([
  'case.act',
  'case.refused',
  'case.together',
  'grant.given',
  'grant.revoked',
  'grant.suspended',
  'agreement.signed',
  'account.signed-in',
  'account.powers',
  'applicant.registered',
  'applicant.released',
  'record.erased',
  'record.erasure-proposed',
  'records.exported',
  'snapshot.live',
  'witness.fork',
  'law.acknowledged',
  'a.kind-to-come',
])('%s is never erased, by however many persons', (kind) => {
  expect(may(kind)).toBe(false)
})

it('what was taken of data and what was written beside a case may be erased, once', () => {
  for (const kind of [
    'access.rows',
    'access.refused',
    'access.exported',
    'export.asked',
    'case.comment',
    'case.attachment',
  ])
    expect([kind, may(kind)]).toEqual([kind, true])
  expect(mayBeErased({ kind: 'access.rows', erasedAt: '2026-10-14T01:30:00.000Z' })).toBe(false)
})
