import type { actTogether } from '@tiaoli/contract/desk'
import { type Language, text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import type { CaseView } from '../../foundations/cases/index.ts'
import { actorOf } from '../../foundations/casework/index.ts'
import type { Database } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { documentOf, Problem } from '../../foundations/problems/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'

export type ActOnOne = (
  session: Session,
  request: {
    readonly caseId: string
    readonly act: string
    readonly content: Record<string, unknown>
    readonly version: number
    /** Throws where the case is not one for this. */
    readonly check: (view: CaseView) => void
  },
) => Promise<CaseView>

export type TogetherDeps = {
  readonly database: Database
  readonly ledger: Ledger
  readonly rulebook: Rulebook
  /** Does one act of one case, through the same door as if it came alone. */
  readonly actOnOne: ActOnOne
}

/** One act on several cases: each by itself, under the version that was seen, with a record of its own. */
export function createTogether({ database, ledger, rulebook, actOnOne }: TogetherDeps) {
  return async (
    session: Session,
    language: Language,
    asked: {
      readonly procedure: string
      readonly act: string
      readonly content: Record<string, unknown>
      readonly cases: readonly { readonly id: string; readonly version: number }[]
    },
  ) => {
    const actor = actorOf(session)
    const procedure = procedureOf(rulebook, asked.procedure)
    if (procedure === undefined) throw new Problem('not-found')
    const act = procedure.acts.find(({ key }) => key === asked.act)
    if (act === undefined) throw new Problem('act-unknown')
    if (act.together !== true) throw oneByOne(act.title)
    const ids = new Set(asked.cases.map(({ id }) => id))
    if (ids.size !== asked.cases.length)
      throw new Problem('content-incomplete', {
        condition: text('同一办件只能选择一次', 'Each case can be chosen once'),
        errors: [{ path: 'cases', message: text('有重复的办件', 'A case is named twice') }],
      })
    const items: z.infer<typeof actTogether.answer>['items'] = []
    for (const { id, version } of asked.cases) {
      const check = ({ procedure: edition }: CaseView): void => {
        if (edition.key !== procedure.key) throw otherProcedure()
        // A case goes by the edition under which it began, and that may not allow it.
        if (edition.acts.find(({ key }) => key === act.key)?.together !== true) throw oneByOne(act.title)
      }
      try {
        const { state, procedure: edition } = await actOnOne(session, {
          caseId: id,
          act: act.key,
          content: asked.content,
          version,
          check,
        })
        const { key, title } = edition.states.find((each) => each.key === state.state)!
        items.push({ caseId: id, number: state.number, done: true, state: { key, title }, problem: null })
      } catch (error) {
        // What is lawfully refused is an answer for this case; a fault of ours stops the whole, what was done stays.
        if (!(error instanceof Problem) || error.status >= 500) throw error
        items.push({
          caseId: id,
          number: null,
          done: false,
          state: null,
          problem: documentOf(error, language, `/api/v1/cases/${id}/acts/${act.key}`),
        })
      }
    }
    const done = items.filter((item) => item.done)
    const record = await database.inTransaction((tx) =>
      ledger.record(tx, {
        kind: 'case.together',
        userId: actor.userId,
        organisationId: actor.organisationId,
        article: act.article ?? null,
        outcome: `${done.length}/${items.length}`,
        payload: {
          procedure: procedure.key,
          act: act.key,
          done: done.map(({ number }) => number),
          refused: items.flatMap(({ caseId, problem }) =>
            problem === null ? [] : [{ caseId, code: problem.code }],
          ),
        },
      }),
    )
    return { items, done: done.length, recordId: record.id }
  }
}

const oneByOne = (title: { zh: string; en: string }): Problem =>
  new Problem('act-not-available', {
    condition: text(
      `“${title.zh}”须逐件办理，不能批量办理`,
      `“${title.en}” is done case by case and not on several at a time`,
    ),
    remedy: text('请在办件页面逐件办理。', 'Do it on the page of each case.'),
  })

const otherProcedure = (): Problem =>
  new Problem('act-not-available', {
    condition: text('该办件适用另一办事程序', 'The case is of another procedure'),
    remedy: text('请只选择同一程序的办件。', 'Choose cases of one procedure.'),
  })
