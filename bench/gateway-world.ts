import { text } from '@tiaoli/kernel/text'
import type {
  Caller,
  EntryFacts,
  FactsPort,
  GrantFacts,
  LakePort,
} from '@tiaoli/server/foundations/gateway/index'
import type { Row } from '@tiaoli/server/foundations/lake/lake.types'
import type { UseRules } from '@tiaoli/server/foundations/rulebook/rulebook.types'

/** Made-up companies, and a department that holds a grant on them. */

export const companyRow = (index: number): Row & { code: string } => ({
  code: `91500000MA${String(index).padStart(8, '0')}`,
  name: `测试企业${index}`,
  legal_person: '王小明',
  phone: `138${String(index).padStart(8, '0')}`,
  staff: index % 500,
  address: `重庆市渝中区测试路${index}号`,
})

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

export const benchCaller: Caller = {
  userId: 'officer',
  organisationId: 'department',
  publicBody: true,
  apiKeyId: 'key',
  keyGrantId: 'grant',
}

export const benchUse: UseRules = {
  scope: { article: 'XX-30', condition: text('超出范围', 'outside'), remedy: text('请申请', 'apply') },
  purpose: {
    article: 'XX-31',
    condition: text('用途不符', 'other purpose'),
    remedy: text('请申请', 'apply'),
  },
  noOnwardSupply: { article: 'XX-32', condition: text('不得转供', 'no onward supply') },
}

export const benchFacts: FactsPort = {
  entryFacts: async () => entry,
  grantsOf: async () => [grant],
}

export const benchDecision = { caller: benchCaller, entry, grants: [grant], use: benchUse, purpose: {} }

/** Rows by key from memory, in the place of the lake: what is measured is the gateway's own cost. */
export function memoryLake(rows: ReadonlyMap<string, Row>): LakePort {
  const notMeasured = async (): Promise<never> => {
    throw new Error('only look-ups by key are measured here')
  }
  const reader = {
    snapshotId: 'snapshot',
    keyFields: ['code'],
    rowByKey: async (key: Readonly<Record<string, string>>) => rows.get(key.code ?? '') ?? null,
    page: notMeasured,
    aggregate: notMeasured,
    export: notMeasured,
  }
  return { readerFor: async () => reader }
}
