import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { AggregateQuery, AnsweredAggregate, Row } from '../lake/lake.types.ts'
import type { RowReader } from './ports.ts'
import {
  changedByFew,
  type LeastGroup,
  mostAnswers,
  mostGroups,
  shownOf,
  tooManyAnswers,
  tooManyGroups,
  tooSmall,
  unsafeQuestion,
} from './small-groups.rules.ts'

/** Who asks, of what. */
export type AskedOf = { readonly holder: string; readonly entryId: string }

export type GuardedAnswer = { readonly rows: readonly Row[]; readonly withheld: boolean }

/** Gives aggregates of guarded fields, and remembers them: no answers of one holder tell a few rows apart. */
export type GroupGuard = {
  aggregate(asked: AskedOf, reader: RowReader, query: AggregateQuery): Promise<Verdict<GuardedAnswer>>
}

type Remembered = AnsweredAggregate & { readonly sizes: readonly number[] }

/** Questions that come together are judged one after the other; this often before giving up. */
const mostTries = 8

/** @see GroupGuard, docs/decisions/0023 */
export function createGroupGuard({ db }: Database, least: LeastGroup): GroupGuard {
  async function remembered({
    holder,
    entryId,
  }: AskedOf): Promise<readonly { snapshotId: string; answer: Remembered }[]> {
    const { rows } = await sql<{ snapshot_id: string; answer: Remembered }>`
      select snapshot_id, answer from answered_aggregate
      where holder = ${holder} and entry_id = ${entryId} order by snapshot_id, number`.execute(db)
    return rows.map((row) => ({ snapshotId: row.snapshot_id, answer: row.answer }))
  }

  /** False where another question of the holder came in between. */
  async function remember(
    { holder, entryId }: AskedOf,
    snapshotId: string,
    number: number,
    answer: Remembered,
  ): Promise<boolean> {
    const result = await sql`
      insert into answered_aggregate (holder, entry_id, snapshot_id, number, answer)
      values (${holder}, ${entryId}, ${snapshotId}, ${number}, ${JSON.stringify(answer)}::jsonb)
      on conflict do nothing`.execute(db)
    return Number(result.numAffectedRows) === 1
  }

  return {
    async aggregate(asked, reader, { limit, ...query }) {
      const unsafe = unsafeQuestion(query, least)
      if (unsafe !== undefined) return refused(unsafe)
      const { guarded, snapshotId } = reader
      if (guarded === undefined) return refused(tooSmall(least))
      const groups = await guarded.sizedGroups({ ...query, limit: mostGroups + 1 })
      if (groups.length > mostGroups) return refused(tooManyGroups(least))
      for (let tries = 0; tries < mostTries; tries++) {
        const all = await remembered(asked)
        const here = all.filter((each) => each.snapshotId === snapshotId).map(({ answer }) => answer)
        const elsewhere = all.filter(
          (each) => each.snapshotId !== snapshotId && isSameQuestion(each.answer, query),
        )
        const few = new Set(
          elsewhere.flatMap(({ answer }) => [
            ...changedByFew(
              groups,
              new Map(answer.shown.map((key, at) => [key, answer.sizes[at]!])),
              least.rows,
            ),
          ]),
        )
        // A group that may not be shown counts as one that is too small, so that others are held back with it.
        const judged = groups.map((group) => (few.has(group.key) ? { ...group, size: 1 } : group))
        const shown = shownOf(judged, least.rows)
        if (shown === undefined) return refused(tooSmall(least))
        const kept = groups.filter(({ key }) => shown.has(key))
        const answer: Remembered = {
          filters: query.filters,
          groupBy: query.groupBy,
          shown: kept.map(({ key }) => key),
          sizes: kept.map(({ size }) => size),
        }
        const given = {
          rows: kept.slice(0, limit).map(({ row }) => row),
          withheld: kept.length < groups.length,
        }
        if (here.some((each) => isSameAnswer(each, answer))) return granted(given)
        const refusal = await refusalOf(guarded, [...here, answer])
        if (refusal !== undefined) return refused(refusal)
        if (await remember(asked, snapshotId, here.length, answer)) return granted(given)
      }
      return refused(tooManyAnswers(least))
    },
  }

  async function refusalOf(
    guarded: NonNullable<RowReader['guarded']>,
    answers: readonly Remembered[],
  ): Promise<Refusal | undefined> {
    if (answers.length > mostAnswers) return tooManyAnswers(least)
    const smallest = await guarded.smallestBlock(answers)
    return smallest !== null && smallest < least.rows ? tooSmall(least) : undefined
  }
}

type Question = Pick<AggregateQuery, 'filters' | 'groupBy'>

const textOf = ({ filters, groupBy }: Question): string =>
  JSON.stringify([
    filters.map(({ field, operator, values }) => [field, operator, values]),
    groupBy.map(({ field, grain, binWidth }) => [field, grain ?? null, binWidth ?? null]),
  ])

const isSameQuestion = (a: Question, b: Question): boolean => textOf(a) === textOf(b)

const isSameAnswer = (a: Remembered, b: Remembered): boolean =>
  isSameQuestion(a, b) && JSON.stringify([...a.shown].sort()) === JSON.stringify([...b.shown].sort())
