import type { CasePapers } from '@tiaoli/contract/casefiles'
import type { Case, CaseClock, CaseEventView } from '@tiaoli/contract/cases'
import { leftAsRequested } from '@tiaoli/kernel/as-requested'
import { type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type {
  DocumentLanguage,
  DocumentPart,
  Fact,
  PaperDocument,
  Words,
} from '../../foundations/documents/index.ts'
import type { Article, Rulebook } from '../../foundations/rulebook/index.ts'
import { t } from './case-file.words.ts'
import type { ReceiptLine } from './receipt-lines.ts'

export type CaseFileOf = {
  /** As its reader sees it. */
  readonly found: Case
  readonly rulebook: Pick<Rulebook, 'regulation' | 'articles' | 'catalogue'>
  readonly papers: Pick<CasePapers, 'attachments' | 'comments'>
  readonly receipts: readonly ReceiptLine[]
  readonly language: DocumentLanguage
}

/**
 * The whole case on paper: what was asked, by which clocks it ran, what happened and was decided under which articles,
 * what was attached, and where each step stands in the log. Made of recorded history, dated by its last step.
 */
export function caseFileOf(file: CaseFileOf): PaperDocument {
  const { found, rulebook } = file
  const parts: DocumentPart[] = [
    { kind: 'facts', facts: headOf(found) },
    ...section(t.request, [{ kind: 'facts', facts: factsOf(found.opening, rulebook) }]),
    ...decisionPart(file),
    ...clocksPart(found),
    ...section(
      t.course,
      found.events.flatMap((event) => eventPart(event, file)),
    ),
    ...attachmentsPart(file),
    ...commentsPart(file),
    ...articlesPart(found, rulebook.articles),
    ...receiptsPart(file),
    { kind: 'paragraph', words: t.made(minuteOf(found.updatedAt)), tone: 'quiet' },
  ]
  return {
    head: rulebook.regulation,
    title: text(`${found.procedure.title.zh} · ${t.file.zh}`, `${found.procedure.title.en}: ${t.file.en}`),
    language: file.language,
    parts,
    foot: `${found.number}`,
    madeAt: new Date(found.updatedAt),
  }
}

const section = (title: Text, parts: readonly DocumentPart[]): readonly DocumentPart[] =>
  parts.length === 0 ? [] : [{ kind: 'heading', words: title, level: 1 }, ...parts]

const fact = (title: Text, value: Words | null | undefined): readonly Fact[] =>
  value == null || value === '' ? [] : [{ title, value }]

const headOf = (found: Case): Fact[] => [
  ...fact(t.number, found.number),
  ...fact(t.subject, found.subject),
  ...fact(t.applicant, found.applicant.organisation?.name ?? found.applicant.name),
  ...fact(t.provider, found.provider?.name),
  ...fact(t.decider, found.decider?.name),
  ...fact(t.openedAt, minuteOf(found.openedAt)),
  ...fact(t.state, found.state.title),
  ...fact(t.rulebook, `${found.rulebook.id} · ${found.rulebook.version}`),
]

/** Content in the order of its form, each value in the words that a reader knows. */
const factsOf = (content: Case['opening'], rulebook: CaseFileOf['rulebook']): Fact[] =>
  content.map(({ title, kind, value }) => ({ title, value: shown(kind, value, rulebook) }))

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

function shown(kind: string, value: unknown, { catalogue }: CaseFileOf['rulebook']): Words {
  if (value === true) return t.undertaken
  if (isText(value)) return value
  if (Array.isArray(value)) return value.map(String).join('、')
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = value as Record<string, unknown>
  if (kind === 'basis') {
    const rank = catalogue.basisRanks.find(({ key }) => key === parts.rank)?.term
    const [instrument, article] = [String(parts.instrument ?? ''), String(parts.article ?? '')]
    return text(
      `《${instrument}》${article}${rank ? `（${rank.zh}）` : ''}`,
      `${instrument}, ${article}${rank ? ` (${rank.en})` : ''}`,
    )
  }
  return String(parts.title ?? '')
}

/** The act that brought the case to its end. */
function decisionPart({ found, rulebook }: CaseFileOf): readonly DocumentPart[] {
  if (found.outcome === null) return []
  const act = found.events.find(({ state }) => state === found.state.key)
  if (act === undefined) return []
  return section(t.decision, [
    {
      kind: 'facts',
      facts: [
        ...fact(t.outcome, found.state.title),
        ...fact(t.decidedBy, act.actor?.organisation?.name ?? act.actor?.name),
        ...fact(t.decidedAt, minuteOf(act.at)),
        ...fact(t.article, act.article),
        ...factsOf(act.content, rulebook),
        ...(found.grantId === null ? [] : factsOf(leftAsRequested(found.opening, act.content), rulebook)).map(
          ({ title, value }) => ({ title: joined(title, t.asRequested), value }),
        ),
      ],
    },
  ])
}

const kinds: Record<CaseClock['kind'], Text> = {
  statutory: t.statutory,
  local: t.local,
  waiting: t.waiting,
}

function clocksPart({ clocks }: Case): readonly DocumentPart[] {
  if (clocks.length === 0) return []
  return section(t.clocks, [
    {
      kind: 'table',
      columns: [
        { title: t.clock, share: 3 },
        { title: t.kind, share: 2.6 },
        { title: t.workingDays, share: 1.6 },
        { title: t.startedOn, share: 2 },
        { title: t.dueOn, share: 2 },
        { title: t.standing, share: 2 },
      ],
      rows: clocks.map((clock) => [
        clock.title,
        joined(kinds[clock.kind], clock.article ?? clock.instrument),
        clock.workingDays === null ? '—' : String(clock.workingDays),
        clock.startedOn,
        clock.dueOn === null ? '—' : clock.provisional ? joined(clock.dueOn, t.provisional) : clock.dueOn,
        standingOf(clock),
      ]),
    },
  ])
}

function standingOf({ overdue, running, pausedOn, stoppedAt }: CaseClock): Words {
  if (overdue) return t.overdue
  if (pausedOn !== null) return t.paused(pausedOn)
  if (running) return t.running
  return stoppedAt === null ? t.stopped : t.stoppedOn(civilDateOf(new Date(stoppedAt)))
}

function joined(first: Words, second: Words | null): Words {
  if (second === null) return first
  const of = (words: Words): Text => (typeof words === 'string' ? text(words, words) : words)
  return text(`${of(first).zh}（${of(second).zh}）`, `${of(first).en} (${of(second).en})`)
}

const eventPart = (event: CaseEventView, { rulebook }: CaseFileOf): readonly DocumentPart[] => [
  {
    kind: 'heading',
    level: 2,
    words: text(`${event.sequence}. ${event.title.zh}`, `${event.sequence}. ${event.title.en}`),
  },
  {
    kind: 'facts',
    facts: [
      ...fact(t.at, minuteOf(event.at)),
      ...fact(t.by, actorOf(event)),
      ...fact(t.article, event.article),
      ...factsOf(event.content, rulebook),
      ...event.warnings.map((warning) => ({ title: t.warning, value: warning })),
      ...fact(t.record, event.recordId),
    ],
  },
]

function actorOf({ actor }: CaseEventView): Words {
  if (actor === null) return t.bySystem
  const { organisation, role, name } = actor
  return text(
    [organisation?.name.zh, role?.zh, name].filter(Boolean).join(' · '),
    [organisation?.name.en, role?.en, name].filter(Boolean).join(' · '),
  )
}

function attachmentsPart({ papers: { attachments } }: CaseFileOf): readonly DocumentPart[] {
  if (attachments.length === 0) return []
  return section(t.attachments, [
    {
      kind: 'table',
      columns: [
        { title: t.fileName, share: 3 },
        { title: t.by, share: 2.4 },
        { title: t.at, share: 2 },
        { title: t.digest, share: 4 },
      ],
      rows: attachments.map(({ fileName, note, by, at, sha256, sizeBytes }) => [
        [fileName, note].filter(Boolean).join(' · '),
        by.organisation?.name ?? by.name,
        minuteOf(at),
        `${sha256} (${sizeBytes} B)`,
      ]),
    },
  ])
}

/** Characters of comments that are printed: about forty pages. */
const printedCharacters = 30_000

/** As many comments as there is paper for, oldest first; the page of the case has all of them. */
function commentsPart({ papers: { comments } }: CaseFileOf): readonly DocumentPart[] {
  let characters = 0
  const printed = comments.filter(({ body }) => {
    characters += body.length
    return characters <= printedCharacters
  })
  return section(
    t.comments,
    comments.length === 0
      ? []
      : [
          {
            kind: 'facts',
            facts: printed.map(({ by, at, body }) => ({
              title: text(
                `${by.organisation?.name.zh ?? by.name} ${minuteOf(at)}`,
                `${by.organisation?.name.en ?? by.name} ${minuteOf(at)}`,
              ),
              value: body,
            })),
          },
          ...leftOut(comments.length - printed.length),
        ],
  )
}

const leftOut = (count: number): readonly DocumentPart[] =>
  count === 0 ? [] : [{ kind: 'paragraph', words: t.commentsLeftOut(count), tone: 'quiet' }]

/** Our summary of each article that an act or a clock of the case cites. */
function articlesPart({ clocks, events }: Case, articles: readonly Article[]): readonly DocumentPart[] {
  const cited = new Set(
    [...clocks, ...events].flatMap(({ article }) => /^[A-Z]+-\d+/.exec(article ?? '')?.[0] ?? []),
  )
  const found = articles.filter(({ id }) => cited.has(id))
  return section(
    t.articles,
    found.length === 0
      ? []
      : [
          {
            kind: 'facts',
            facts: found.map(({ id, title, summary }) => ({
              title: text(`${id} ${title.zh}`, `${id} ${title.en}`),
              value: summary,
            })),
          },
        ],
  )
}

function receiptsPart({ receipts }: CaseFileOf): readonly DocumentPart[] {
  if (receipts.length === 0) return []
  return section(t.receipts, [
    {
      kind: 'table',
      columns: [
        { title: t.step, share: 1.3 },
        { title: t.record, share: 4 },
        { title: t.index, share: 1.6 },
        { title: t.entry, share: 5 },
      ],
      rows: receipts.map(({ sequence, recordId, index, digest }) => [
        String(sequence),
        recordId,
        index === null ? t.pending : String(index),
        digest ?? '',
      ]),
    },
    { kind: 'paragraph', words: t.verify, tone: 'quiet' },
  ])
}

const chinaMs = 8 * 3_600_000

/** To the minute, as the clock in China shows it. */
function minuteOf(instant: string): string {
  const moment = new Date(instant)
  const on: CivilDate = civilDateOf(moment)
  return `${on} ${new Date(moment.getTime() + chinaMs).toISOString().slice(11, 16)}`
}
