import { isId } from '@tiaoli/kernel/ids'
import { civilDateOf } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { Tx } from '../database/index.ts'
import type { Act, Procedure } from '../rulebook/index.ts'
import * as store from './cases.store.ts'
import type { ActHappened, CaseEvent, CaseState, CasesDeps } from './cases.types.ts'
import type { ProcedureEdition } from './edition.ts'
import { figureOf } from './figure.ts'
import { writeFigures } from './figures.store.ts'
import { applyEvent, type CaseHeader, foldCase } from './fold.ts'
import { openingActOf } from './procedure.ts'
import { projectionOf } from './projection.ts'

export type CaseWriting = ReturnType<typeof createCaseWriting>

/** Reads a case as its events make it, and writes events with all that follows from them, in the caller's transaction. */
export function createCaseWriting({
  rulebook,
  calendar,
  clock,
  onAct,
  onOpened,
}: Pick<CasesDeps, 'rulebook' | 'calendar' | 'clock' | 'onAct' | 'onOpened'>) {
  // An edition never changes, so what was read once need not be read again.
  const editions = new Map<string, ProcedureEdition>()

  async function editionFor(tx: Tx, header: CaseHeader): Promise<ProcedureEdition> {
    const key = `${header.rulebookId} ${header.rulebookVersion} ${header.procedure}`
    const edition = editions.get(key) ?? (await store.getEdition(tx, header))
    editions.set(key, edition)
    return edition
  }
  /** A case after some more events, with the state in which each of them left it. */
  function follow({ procedure }: ProcedureEdition, before: CaseState, events: readonly CaseEvent[]) {
    const states: CaseState[] = []
    for (const event of events) states.push(applyEvent(procedure, states.at(-1) ?? before, event))
    const state = states.at(-1)!
    return {
      state,
      projection: projectionOf(procedure, state),
      events,
      told: (tx: Tx, quiet: boolean): ActHappened[] =>
        events.map((event, index) => {
          const effect = procedure.acts.find(({ key }) => key === event.act)?.effect
          return { tx, procedure, state: states[index]!, event, effect, quiet }
        }),
    }
  }

  const figured = (procedure: Procedure, state: CaseState) => ({
    state,
    figure: figureOf(procedure, state, calendar),
  })

  /** Adds events to a case, brings its projection up to them and tells the rooms of each. */
  async function record(
    tx: Tx,
    edition: ProcedureEdition,
    before: CaseState,
    events: readonly CaseEvent[],
  ): Promise<CaseState> {
    const written = follow(edition, before, events)
    await store.updateCase(tx, written)
    await writeFigures(tx, [figured(edition.procedure, written.state)])
    for (const happened of written.told(tx, false)) await onAct(happened)
    return written.state
  }

  /** Numbers cases that nothing stands against, writes them with their first events and tells the rooms. */
  async function recordOpened(
    tx: Tx,
    edition: ProcedureEdition,
    opened: readonly { readonly draft: CaseState; readonly events: readonly CaseEvent[] }[],
    quiet = false,
  ): Promise<CaseState[]> {
    const { procedure } = edition
    await store.keepEdition(tx, edition)
    const series = `${rulebook.prefix}-${procedure.numberCode}-${civilDateOf(clock.now()).slice(0, 4)}`
    const first = await store.nextNumbers(tx, series, opened.length)
    const written = opened.map(({ draft, events }, at) => {
      const number = `${series}-${String(first + at).padStart(6, '0')}`
      const subject = subjectOf(procedure, events, openingActOf(procedure))
      return follow(edition, { ...draft, number, subject }, events)
    })
    await store.insertCases(tx, written)
    await writeFigures(
      tx,
      written.map(({ state }) => figured(procedure, state)),
    )
    const told = written.flatMap((each) => each.told(tx, quiet))
    if (onOpened !== undefined) await onOpened(told)
    else for (const happened of told) await onAct(happened)
    return written.map(({ state }) => state)
  }
  async function readCase(tx: Tx, caseId: string, read: typeof store.lockHeader) {
    const header = isId(caseId) ? await read(tx, caseId) : undefined
    if (header === undefined) return undefined
    const edition = await editionFor(tx, header)
    return { edition, state: foldCase(edition.procedure, header, await store.readEvents(tx, caseId)) }
  }

  return { editionFor, readCase, record, recordOpened, figured }
}

/** What a matter is called: the words of its opening act, a choice in those of the rulebook. */
function subjectOf({ subject }: Procedure, events: readonly CaseEvent[], opening: Act): Text | null {
  if (subject === undefined) return null
  const value = events.at(-1)?.content[subject]
  const choices = opening.content.find(({ key }) => key === subject)?.choices
  const words = String(value)
  return choices?.find(({ key }) => key === value)?.term ?? { zh: words, en: words }
}
