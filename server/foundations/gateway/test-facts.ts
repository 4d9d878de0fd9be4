import { text } from '@tiaoli/kernel/text'
import type { UseRules } from '../rulebook/rulebook.types.ts'
import type { Caller, EntryFacts, GrantFacts } from './gateway.types.ts'

/** A small world for the tests of this folder: one entry, its provider, a user department, the public. */

export const useRules: UseRules = {
  scope: {
    article: 'XX-30',
    condition: text('超出使用许可的范围。', 'Outside the scope of the grant.'),
    remedy: text('请申请所需信息项。', 'Apply for the fields that you need.'),
  },
  purpose: {
    article: 'XX-31',
    condition: text('与许可的用途不一致。', 'Not the purpose that was granted.'),
    remedy: text('请就新的用途提出申请。', 'Apply for the new purpose.'),
  },
  noOnwardSupply: { article: 'XX-32', condition: text('不得转供。', 'No onward supply.') },
}

export const withDeclaredDuty: UseRules = {
  ...useRules,
  declaredDuty: {
    article: 'XX-25',
    condition: text('未说明履职所需。', 'No duty was stated.'),
    remedy: text('请说明使用场景。', 'State the scenario.'),
  },
}

export const entry: EntryFacts = {
  id: 'entry',
  providerId: 'provider',
  published: true,
  sharing: { effect: 'by-request', article: 'XX-24', procedure: 'sharing' },
  opening: { effect: 'closed', article: 'XX-27' },
  fields: [
    { name: 'name', type: 'text', sensitivity: 'public' },
    { name: 'code', type: 'credit-code', sensitivity: 'public' },
    { name: 'staff', type: 'integer', sensitivity: 'internal' },
    { name: 'phone', type: 'phone', sensitivity: 'personal' },
    { name: 'bornOn', type: 'date', sensitivity: 'personal' },
    { name: 'illness', type: 'text', sensitivity: 'sensitive' },
  ],
}

export const freelyShared: EntryFacts = { ...entry, sharing: { effect: 'free', article: 'XX-24' } }
export const freelyOpen: EntryFacts = { ...entry, opening: { effect: 'free', article: 'XX-27' } }

export const thePublic: Caller = {
  userId: null,
  organisationId: null,
  publicBody: false,
  apiKeyId: null,
  keyGrantId: null,
}
export const department: Caller = {
  ...thePublic,
  userId: 'officer',
  organisationId: 'department',
  publicBody: true,
}
export const provider: Caller = {
  ...thePublic,
  userId: 'steward',
  organisationId: 'provider',
  publicBody: true,
}

export const now = new Date('2026-10-14T01:30:00.000Z')

export const grant: GrantFacts = {
  id: 'grant',
  entryId: 'entry',
  organisationId: 'department',
  userId: null,
  fields: ['name', 'phone', 'illness'],
  scenario: '企业年报核验',
  caseId: 'case',
  article: 'XX-26',
  validUntil: '2027-01-01T00:00:00.000Z',
  revokedAt: null,
}
