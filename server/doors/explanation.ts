import type { Explanation } from '@tiaoli/contract/ledger'
import { limitsInWords } from '@tiaoli/kernel/grant-limits'
import { type RowFilter, rowsInWords } from '@tiaoli/kernel/row-filters'
import { type Text, text } from '@tiaoli/kernel/text'
import {
  entryNotAvailable,
  type KeptFacts,
  type Retraced,
  retrace,
  type Step,
  type StepFact,
} from '../foundations/gateway/index.ts'
import type { RecordView } from '../foundations/ledger/ledger.types.ts'
import {
  conditionTitles,
  everyRow,
  factNames,
  factWords,
  laterRefusals,
  rowOfKey,
  rowOfKeyWithin,
} from './explanation-words.ts'

type Decision = NonNullable<Explanation['decision']>

const later: ReadonlySet<string> = new Set(Object.keys(laterRefusals))

/** Why an access was answered or refused, from its record and what was kept with it; null for what is no access. */
export function decisionOf(
  record: RecordView,
  facts: KeptFacts | undefined,
  nameOf: (organisationId: string) => Text | undefined,
): Decision | null {
  if (!/^access\.(?:rows|aggregate|export|collected|refused)$/.test(record.kind) || record.payload === null)
    return null
  const found = facts && retrace(record, facts, later)
  const code = record.outcome ?? ''
  return {
    granted: record.kind !== 'access.refused',
    reason: record.kind === 'access.refused' ? reasonOf(code, found) : null,
    steps: found?.steps.map((step) => stepView(step, nameOf)) ?? [],
    carriedBy: found?.plan ? { ground: found.plan.basis, grantId: found.plan.grantId } : null,
    plan: record.kind === 'access.refused' ? null : planOf(record, found),
    used: namesIn(record.payload.used),
    law: facts?.law ?? null,
    agrees: found?.agrees ?? null,
  }
}

const applyLater = text('请调整后再查询。', 'Change the question and ask again.')

function reasonOf(code: string, found: Retraced | undefined): Decision['reason'] {
  if (code === entryNotAvailable.code) return wordsOf(entryNotAvailable)
  if (found?.refusal?.code === code) return wordsOf(found.refusal)
  const condition = laterRefusals[code]
  return condition === undefined ? null : { condition, remedy: applyLater }
}

const wordsOf = ({ condition, remedy }: { condition: Text; remedy: Text }) => ({ condition, remedy })

/** What applied then: of the record, and of the decision as far as the record does not repeat it. */
function planOf({ payload }: RecordView, found: Retraced | undefined): Decision['plan'] {
  const given = payload ?? {}
  const masks = (given.masks ?? {}) as Readonly<Record<string, 'partial'>>
  return {
    fields: namesIn(given.fields).map((name) => ({ name, mask: masks[name] ?? 'none' })),
    aggregated: namesIn(given.aggregated),
    withheld: given.withheld === true,
    rows: rowsOf(given),
    limits: found?.plan?.limits === undefined ? null : limitsInWords(found.plan.limits),
    maxRowsPerPage: found?.plan?.maxRowsPerPage ?? 0,
    // Before signs were recorded by their digests they stood there themselves.
    marked: typeof (given.markDigest ?? given.mark) === 'string',
    watermark: [...(found?.plan?.watermark ?? [])],
  }
}

/** Which rows could be given, as the record says: those of a grant that covers some are told in words. */
function rowsOf({ act, within }: Readonly<Record<string, unknown>>): Text {
  const covered = Array.isArray(within) ? rowsInWords(within as RowFilter) : null
  if (act === 'row') return covered === null ? rowOfKey : rowOfKeyWithin(covered)
  return covered ?? everyRow
}

function stepView(
  { ground, grantId, condition, met, article, facts }: Step,
  nameOf: (organisationId: string) => Text | undefined,
): Decision['steps'][number] {
  return {
    ground: ground ?? null,
    grantId: grantId ?? null,
    condition,
    title: conditionTitles[condition],
    met,
    article,
    facts: Object.entries(facts)
      .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
      .map(([name, value]) => ({ name: factNames[name] ?? text(name, name), value: said(value, nameOf) })),
  }
}

function said(value: StepFact, nameOf: (organisationId: string) => Text | undefined): Text {
  if (typeof value === 'boolean') return value ? text('是', 'yes') : text('否', 'no')
  if (typeof value === 'string') return factWords[value] ?? nameOf(value) ?? text(value, value)
  if (value !== null && 'zh' in value) return value
  return text((value ?? []).join('、'), (value ?? []).join(', '))
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
