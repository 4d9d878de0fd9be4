import type { AggregationTask, Coverage } from '@tiaoli/contract/tasks'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Standing, Task } from './tasks.model.ts'
import { cycleOf, medianHours } from './tasks.rules.ts'

type Organisation = { readonly id: string; readonly name: Text }

export function presentTask(
  task: Task,
  standing: Standing,
  known: {
    readonly organisation: Organisation
    readonly article: string
    readonly mode: AggregationTask['mode']
  },
): AggregationTask {
  const { entry, notes } = task
  return {
    entryId: entry.id,
    number: entry.number,
    title: entry.title,
    ...known,
    state: standing.state,
    faults: [...standing.faults],
    cycle: cycleOf(task),
    requirement: notes.requirement,
    dueAt: standing.dueAt?.toISOString() ?? null,
    dueKind: standing.dueAt && ('local' as const),
    dueInstrument: standing.dueAt && instrumentOf(task),
    rows: entry.live?.rows ?? null,
    loadedAt: entry.live?.at.toISOString() ?? null,
    source: notes.source && {
      rows: notes.source.rows,
      changedAt: notes.source.changedAt?.toISOString() ?? null,
      reportedAt: notes.source.reportedAt.toISOString(),
      measured: notes.source.measured,
    },
    missingRows: standing.missingRows,
    lagSeconds: standing.lagSeconds,
    heldAt: entry.heldAt?.system ?? null,
    exceptionCaseId: notes.exceptionCaseId,
  }
}

/** What a due date rests on: a recorded requirement, or what the entry says of itself. */
const instrumentOf = ({ notes: { requirement } }: Task): Text =>
  requirement === null
    ? text('目录登记的更新周期', 'the update cycle that the entry states')
    : text(
        `${requirement.issuer}《${requirement.instrument}》`,
        `${requirement.issuer}, ${requirement.instrument}`,
      )

export type Answered = { readonly entryId: string; readonly tookMs: number }

export type CoverageContext = {
  readonly nameOf: (id: string) => Organisation
  readonly articleFor: (id: string) => string
  readonly isOpen: (task: Task) => boolean
}

/** One line a body, in the order of how much is missing. */
export function presentCoverage(
  judged: readonly { readonly task: Task; readonly standing: Standing }[],
  answered: readonly Answered[],
  { nameOf, articleFor, isOpen }: CoverageContext,
): Coverage[] {
  const byBody = Map.groupBy(judged, ({ task }) => task.entry.providerId)
  return [...byBody]
    .map(([body, own]): Coverage => {
      const ids = new Set(own.map(({ task }) => task.entry.id))
      const due = own.filter(({ standing }) => standing.state !== 'excepted')
      const missing = due.filter(({ task }) => task.entry.live === null)
      const replies = answered.filter(({ entryId }) => ids.has(entryId))
      return {
        organisation: nameOf(body),
        article: articleFor(body),
        catalogued: own.length,
        excepted: own.length - due.length,
        due: due.length,
        aggregated: due.length - missing.length,
        short: due.filter(({ standing }) => standing.state === 'short').length,
        missing: missing.map(({ task }) => ({ entryId: task.entry.id, title: task.entry.title })),
        requests: { answered: replies.length, medianHours: medianHours(replies.map(({ tookMs }) => tookMs)) },
        opened: own.filter(({ task }) => isOpen(task)).length,
      }
    })
    .sort((a, b) => b.missing.length - a.missing.length || b.short - a.short)
}

export type Flow = {
  readonly organisationId: string
  readonly entryId: string
  readonly times: number
  readonly lastAt: Date
  readonly recordId: string
}

/** What each body supplied and obtained, each by entry. */
export function monthFlows(
  supplied: readonly Flow[],
  obtained: readonly Flow[],
  nameOf: CoverageContext['nameOf'],
  titles: ReadonlyMap<string, string>,
) {
  const bodies = [...new Set([...supplied, ...obtained].map(({ organisationId }) => organisationId))].sort()
  const of = (flows: readonly Flow[], body: string) =>
    flows
      .filter(({ organisationId }) => organisationId === body)
      .map(({ entryId, times, lastAt, recordId }) => ({
        entryId,
        title: titles.get(entryId) ?? '',
        times,
        lastAt: lastAt.toISOString(),
        recordId,
      }))
  return bodies.map((body) => ({
    organisation: nameOf(body),
    supplied: of(supplied, body),
    obtained: of(obtained, body),
  }))
}
