import { granted, refused, type Verdict } from '@tiaoli/kernel/decisions'
import type { AggregateQuery, Filter, Row, SizedGroup } from '../lake/lake.types.ts'
import type { RowReader } from './ports.ts'
import {
  changedByFew,
  type LeastGroup,
  mostAnswers,
  mostGroups,
  mostRefusals,
  mostRemembered,
  shownOf,
  tooManyAnswers,
  tooManyGroups,
  tooManyRefusals,
  tooSmall,
  unsafeQuestion,
} from './small-groups.rules.ts'
import type { AnswersMemory, AskedOf, Remembered } from './small-groups.store.ts'

export type GuardedAnswer = { readonly rows: readonly Row[]; readonly withheld: boolean }

/** Gives aggregates of guarded fields, and remembers them: no answers of one holder tell a few rows apart. */
export type GroupGuard = {
  aggregate(
    asked: AskedOf,
    reader: RowReader,
    query: AggregateQuery,
    guardedFields: readonly string[],
    /** The rows that the holder may have: what was answered of them is remembered as being of them. */
    within?: readonly Filter[],
  ): Promise<Verdict<GuardedAnswer>>
}

type Guarded = NonNullable<RowReader['guarded']>

/** Questions that come together are judged one after the other; this often before giving up. */
const mostTries = 8

/** @see GroupGuard, docs/decisions/0023 */
export function createGroupGuard(memory: AnswersMemory, least: LeastGroup): GroupGuard {
  async function refuseSmall(asked: AskedOf): Promise<Verdict<never>> {
    await memory.countRefusal(asked)
    return refused(tooSmall(least))
  }

  return {
    async aggregate(asked, reader, { limit, ...question }, guardedFields, within = []) {
      const { guarded, snapshotId } = reader
      const unsafe = unsafeQuestion(question, least, reader.keyFields)
      const query = { ...question, filters: [...question.filters, ...within.map(plainFilter)] }
      if (unsafe !== undefined) return refused(unsafe)
      if (guarded === undefined) return refused(tooSmall(least))
      const measured = [...new Set(query.measures.flatMap(({ field }) => field ?? []))].filter((field) =>
        guardedFields.includes(field),
      )
      const groups = await guarded.sizedGroups({ ...query, limit: mostGroups + 1 }, measured)
      if (groups.length > mostGroups) return refused(tooManyGroups(least))
      const mayLearnMore = (await memory.refusalsToday(asked)) < mostRefusals
      for (let tries = 0; tries < mostTries; tries++) {
        const kept = await memory.answers(asked)
        const here = kept.filter((each) => each.snapshotId === snapshotId).map(({ answer }) => answer)
        const elsewhere = kept.filter((each) => each.snapshotId !== snapshotId).map(({ answer }) => answer)
        const given = givenOf(groups, query, measured, elsewhere)
        if (given !== undefined && here.some((each) => isSameAnswer(each, given.answer)))
          return granted(answerOf(given.groups, groups, limit))
        if (!mayLearnMore) return refused(tooManyRefusals(least))
        if (given === undefined) return refuseSmall(asked)
        const { answer } = given
        if (kept.length >= mostRemembered || distinct([...elsewhere, ...here, answer]).length > mostAnswers)
          return refused(tooManyAnswers(least))
        if (await tellsFewApart(guarded, here, elsewhere, answer)) return refuseSmall(asked)
        const number = (kept.at(-1)?.number ?? 0) + 1
        if (await memory.remember(asked, { number, snapshotId, answer }))
          return granted(answerOf(given.groups, groups, limit))
      }
      return refused(tooManyAnswers(least))
    },
  }

  /** What would be shown; undefined where nothing can be. */
  function givenOf(
    groups: readonly SizedGroup[],
    query: Question,
    measured: readonly string[],
    elsewhere: readonly Remembered[],
  ) {
    const few = new Set(
      elsewhere
        .filter((each) => isSameQuestion(each, query))
        .flatMap((each) => [...changedByFew(groups, each, least.rows)]),
    )
    // A group that may not be shown counts as one that is too small, so that others are held back with it.
    const shown = shownOf(
      groups.map((group) => (few.has(group.key) ? { ...group, size: 1 } : group)),
      least.rows,
    )
    if (shown === undefined) return undefined
    const kept = groups.filter(({ key }) => shown.has(key))
    const answer: Remembered = {
      filters: query.filters,
      groupBy: query.groupBy,
      shown: kept.map(({ key }) => key),
      sizes: kept.map(({ size }) => size),
      values: Object.fromEntries(
        measured.map((field) => [field, kept.map(({ values }) => values[field] ?? 0)]),
      ),
    }
    return { answer, groups: kept }
  }

  /**
   * Of all rows, and for each field that is measured of the rows that have a value in it. On one snapshot no block may
   * be small; answers of others may have become so with newer data, and then this one may not add to it.
   */
  async function tellsFewApart(
    guarded: Guarded,
    here: readonly Remembered[],
    elsewhere: readonly Remembered[],
    answer: Remembered,
  ): Promise<boolean> {
    for (const field of [undefined, ...Object.keys(answer.values ?? {})]) {
      const over = { least: least.rows, ...(field !== undefined && { field }) }
      const ofField = (answers: readonly Remembered[]) => answers.filter((each) => measures(each, field))
      if ((await guarded.smallBlocks(distinct([...ofField(here), answer]), over)) > 0) return true
      if (ofField(elsewhere).length === 0) continue
      const before = distinct(ofField([...elsewhere, ...here]))
      const after = distinct([...before, answer])
      if ((await guarded.smallBlocks(after, over)) > (await guarded.smallBlocks(before, over))) return true
    }
    return false
  }
}

const plainFilter = ({ field, operator, values }: Filter): Filter => ({ field, operator, values })

const answerOf = (
  shown: readonly SizedGroup[],
  groups: readonly SizedGroup[],
  limit: number,
): GuardedAnswer => ({
  rows: shown.slice(0, limit).map(({ row }) => row),
  withheld: shown.length < groups.length,
})

const measures = ({ values }: Remembered, field: string | undefined): boolean =>
  field === undefined || values === undefined || Object.hasOwn(values, field)

type Question = Pick<AggregateQuery, 'filters' | 'groupBy'>

const textOf = ({ filters, groupBy }: Question): string =>
  JSON.stringify([
    filters.map(({ field, operator, values }) => [field, operator, values]),
    groupBy.map(({ field, grain, binWidth }) => [field, grain ?? null, binWidth ?? null]),
  ])

const isSameQuestion = (a: Question, b: Question): boolean => textOf(a) === textOf(b)

/** What rows an answer tells apart: all that counts when answers are laid over each other. */
const blocksOf = (answer: Remembered): string =>
  `${textOf(answer)} ${JSON.stringify([...answer.shown].sort())}`

const distinct = (answers: readonly Remembered[]): readonly Remembered[] => [
  ...new Map(answers.map((answer) => [blocksOf(answer), answer])).values(),
]

/** The same to the holder: the same rows, and no field measured that was not before. */
const isSameAnswer = (before: Remembered, now: Remembered): boolean =>
  blocksOf(before) === blocksOf(now) &&
  Object.keys(now.values ?? {}).every(
    (field) => before.values !== undefined && Object.hasOwn(before.values, field),
  )
