import { text } from '@tiaoli/kernel/text'
import type { Caller, EntryFacts, GrantFacts } from '@tiaoli/server/foundations/gateway/index'
import type { UseRules } from '@tiaoli/server/foundations/rulebook/rulebook.types'

/** A made-up entry, and a department that holds a grant on it. */

const entry: EntryFacts = {
  id: 'entry',
  providerId: 'provider',
  published: true,
  sharing: { effect: 'by-request', article: 'XX-24' },
  opening: { effect: 'closed', article: 'XX-27' },
  fields: [
    { name: 'code', type: 'credit-code', sensitivity: 'public' },
    { name: 'name', type: 'text', sensitivity: 'public' },
    { name: 'legal_person', type: 'text', sensitivity: 'personal', personal: 'name' },
    { name: 'phone', type: 'phone', sensitivity: 'personal' },
    { name: 'staff', type: 'integer', sensitivity: 'internal' },
    { name: 'address', type: 'text', sensitivity: 'personal', personal: 'address' },
  ],
}

const grant: GrantFacts = {
  id: 'grant',
  entryId: 'entry',
  organisationId: 'department',
  userId: null,
  fields: entry.fields.map((field) => field.name),
  masks: { legal_person: 'partial', phone: 'partial', address: 'partial' },
  scenario: '企业年报核验',
  caseId: 'case',
  article: 'XX-26',
  validUntil: '2999-12-31T16:00:00.000Z',
  revokedAt: null,
}

const caller: Caller = {
  userId: 'officer',
  organisationId: 'department',
  publicBody: true,
  apiKeyId: 'key',
  keyGrantId: 'grant',
}

const use: UseRules = {
  scope: { article: 'XX-30', condition: text('超出范围', 'outside'), remedy: text('请申请', 'apply') },
  purpose: {
    article: 'XX-31',
    condition: text('用途不符', 'other purpose'),
    remedy: text('请申请', 'apply'),
  },
  noOnwardSupply: { article: 'XX-32', condition: text('不得转供', 'no onward supply') },
}

export const benchDecision = { caller, entry, grants: [grant], use, purpose: {} }
