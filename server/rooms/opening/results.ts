import type { registerResult } from '@tiaoli/contract/results'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import { overseesCity, type Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { citationOf, type Entry } from '../catalogue/index.ts'
import type { OpeningDeps } from './opening.deps.ts'
import { faultsOfResult } from './result.rules.ts'
import * as store from './result.store.ts'

export type Results = ReturnType<typeof createResults>

/** The officers who look at what is registered before everybody sees it. */
export const checksResults = (session: Session): boolean => overseesCity(session, 'officer')

/** Results made with public data: registered with their sources, and shown with the data. @article CQ-30.1 TJ-26.1 */
export function createResults(deps: OpeningDeps) {
  const { database, rulebook, catalogue, identity, ledger, notices, clock } = deps
  const { db } = database

  const citation = (entry: Entry) =>
    citationOf(rulebook, identity.organisation(entry.providerId)?.name ?? text('', ''), entry)

  async function sourcesOf(ids: readonly string[]): Promise<readonly Entry[]> {
    const entries = await catalogue.findAll(ids)
    if (new Set(ids).size !== entries.length || entries.some((entry) => !entry.published))
      throw new Problem('not-found')
    return entries
  }

  return {
    citation,
    rules: rulebook.rooms.opening?.results,
    find: (id: string) => store.findResult(db, id),
    countShown: (entryId: string) => store.countShown(db, entryId),

    list: (search: store.ResultSearch) => store.listResults(db, search),

    async register(session: Session, given: z.output<typeof registerResult.body>): Promise<store.Result> {
      const rules = rulebook.rooms.opening?.results
      if (rules === undefined) throw new Problem('not-found')
      const entries = await sourcesOf(given.entryIds)
      const sources = entries.map((entry) => ({
        number: entry.number,
        title: entry.content.title,
        citation: citation(entry),
      }))
      const faults = faultsOfResult(rules, given, sources, rulebook.city)
      if (faults.length > 0)
        throw new Problem('content-incomplete', {
          // Where the text asks no naming of the source, the platform does.
          article: rules.naming?.article,
          condition: faults[0]!.message,
          remedy: faults[0]!.remedy,
          errors: faults.map(({ path, message }) => ({ path, message })),
        })
      const { id: userId, organisation } = session.user!
      const id = newId()
      await database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'result.registered',
          userId,
          organisationId: organisation?.id ?? null,
          article: rules.article,
          outcome: 'registered',
          payload: { title: given.title, kind: given.kind, sources: sources.map(({ number }) => number) },
        })
        await store.insertResult(tx, {
          ...given,
          id,
          url: given.url ?? null,
          entryIds: entries.map((entry) => entry.id),
          userId,
          organisationId: organisation?.id ?? null,
          registeredAt: clock.now(),
          recordId: record.id,
        })
      })
      return (await store.findResult(db, id))!
    },

    /** Shows a result with its sources, or says why not; the providers learn what their data are used for. */
    async check(
      session: Session,
      id: string,
      given: { show: boolean; reasons: string },
    ): Promise<store.Result> {
      const result = await store.findResult(db, id)
      if (result === undefined) throw new Problem('not-found')
      if (!checksResults(session))
        throw new Problem('not-allowed', {
          condition: text(
            '登记的成果由数据主管部门核对',
            'Registered results are checked by the data authority',
          ),
        })
      const own =
        result.userId === session.user!.id ||
        (result.organisationId !== null && result.organisationId === session.user!.organisation!.id)
      if (own)
        throw new Problem('not-allowed', {
          condition: text(
            '成果由本人或者本单位登记，应当回避',
            'You or your own body registered this result and have to stand aside',
          ),
        })
      if (!given.show && given.reasons === '')
        throw new Problem('content-incomplete', {
          condition: text('不予展示的须说明理由', 'Say why it is not shown'),
          errors: [{ path: 'reasons', message: text('请说明理由', 'Give the reasons') }],
        })
      const entries = await catalogue.findAll(result.entryIds)
      await database.inTransaction(async (tx) => {
        const standing = given.show ? 'shown' : 'declined'
        if (!(await store.writeChecked(tx, id, standing, given.reasons, clock.now())))
          throw new Problem('act-not-available', {
            condition: text('该成果此前已经核对', 'It was checked before'),
          })
        await ledger.record(tx, {
          kind: 'result.checked',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          outcome: standing,
          payload: { result: id, title: result.title, reasons: given.reasons },
        })
        const word = given.show ? text('已展示', 'is shown') : text('不予展示', 'is not shown')
        await notices.send(tx, [result.userId], {
          kind: 'result.checked',
          title: text(`成果登记${word.zh}：${result.title}`, `Your result ${word.en}: ${result.title}`),
          body: text(
            given.reasons || '可在所用目录条目页查看。',
            given.reasons || 'See the page of its source.',
          ),
          link: '/results',
        })
        if (!given.show) return
        for (const providerId of new Set(entries.map((entry) => entry.providerId)))
          await notices.send(tx, await identity.members(tx, providerId, ['steward']), {
            kind: 'result.shown',
            title: text(`本单位数据形成成果：${result.title}`, `A result of your data: ${result.title}`),
            body: text(result.summary || result.naming, result.summary || result.naming),
            link: '/results',
          })
      })
      return (await store.findResult(db, id))!
    },
  }
}
