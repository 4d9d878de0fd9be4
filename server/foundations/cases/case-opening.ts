import { granted, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { isId, newId } from '@tiaoli/kernel/ids'
import { instantOf } from '@tiaoli/kernel/instants'
import type { Tx } from '../database/index.ts'
import { type Act, type Procedure, procedureOf } from '../rulebook/index.ts'
import type { CaseWriting } from './case-writing.ts'
import type {
  ActContent,
  Actor,
  CaseEvent,
  CaseParties,
  CaseState,
  Cases,
  CasesDeps,
  EntryFacts,
  Nameable,
  OpenCase,
  OpenCases,
} from './cases.types.ts'
import type { Situation } from './conditions.ts'
import { decideAct } from './decide.ts'
import { editionOf, type ProcedureEdition } from './edition.ts'
import { type CaseHeader, unopened } from './fold.ts'
import { fillRoles, rolesAskedFor } from './parties.ts'
import { previewOf } from './preview.ts'
import { openingActOf } from './procedure.ts'
import { entryUnknown, procedureUnknown } from './refusals.ts'

/** Who takes part in a new case, what stands against it, and how it begins. */
export function createCaseOpening(deps: CasesDeps, { recordOpened }: CaseWriting) {
  const { database, rulebook, calendar, readCalendar, clock, localTargets } = deps
  const { organisationsWithRole, isOrganisation, entryFacts } = deps

  /** Who would be who if the actor opened the procedure on the entry. */
  async function partiesFor(
    tx: Tx,
    edition: ProcedureEdition,
    opener: Actor,
    entry: EntryFacts | undefined,
    { given, named = [] }: { given?: CaseParties | undefined; named?: readonly string[] } = {},
  ): Promise<Verdict<CaseParties>> {
    const holders = new Map<string, readonly string[]>()
    const first = entry === undefined ? opener.organisationId : entry.providerId
    const concerned = [...(first === null ? [] : [first]), ...named]
    for (const role of rolesAskedFor(edition.procedure))
      holders.set(role, await organisationsWithRole(role, tx, concerned))
    return fillRoles(edition.procedure, opener, entry, holders, given)
  }
  /** What the content of an act may name, with the published entries that it does name looked up. */
  async function nameableIn(
    tx: Tx,
    act: Act | undefined,
    content: ActContent,
    entry: EntryFacts | undefined,
  ): Promise<Nameable> {
    const providers = new Map<string, string>()
    for (const { key, kind } of act?.content ?? []) {
      const id = kind === 'entry' ? content[key] : undefined
      const named = typeof id === 'string' && isId(id) ? await entryFacts(id, tx) : undefined
      if (named?.published) providers.set(id as string, named.providerId)
    }
    const { fieldNames = [], fits = () => false, typeOf = () => undefined } = entry ?? {}
    return { fieldNames, fits, typeOf, isOrganisation, providers }
  }
  /** The entry that a case of the procedure would be about; none for a matter, whatever is named. */
  async function entryOf(
    tx: Tx,
    { about }: Procedure,
    entryId: string | null,
  ): Promise<Verdict<{ entryId: string | null; entry: EntryFacts | undefined }>> {
    if (about === 'matter') return granted({ entryId: null, entry: undefined })
    const entry = entryId === null ? undefined : await entryFacts(entryId, tx)
    return entry === undefined ? refused(entryUnknown()) : granted({ entryId, entry })
  }
  /** What stands against a case, or the case with its first events, not yet written. */
  async function opening(
    tx: Tx,
    edition: ProcedureEdition,
    { actor, content, given }: Pick<OpenCase, 'actor' | 'content' | 'given'>,
    { caseId, entryId, entry }: { caseId: string; entryId: string | null; entry: EntryFacts | undefined },
  ): Promise<Verdict<{ draft: CaseState; events: readonly CaseEvent[] }>> {
    const act = openingActOf(edition.procedure)
    const named = organisationsIn(act, content)
    const parties = await partiesFor(tx, edition, actor, entry, { given, named })
    if (!parties.ok) return parties
    const now = clock.now()
    const draft = unopened(headerFor(edition, caseId, entryId, parties.value, now))
    const situation: Situation = { edition, state: draft, actor, now, calendar }
    const nameable = await nameableIn(tx, act, content, entry)
    const events = decideAct(situation, { act: act.key, content, version: 0 }, nameable)
    return events.ok ? granted({ draft, events: events.value }) : events
  }
  async function openIn(tx: Tx, request: OpenCase): Promise<Verdict<CaseState>> {
    await readCalendar?.(tx)
    const procedure = procedureOf(rulebook, request.procedure)
    if (procedure === undefined) return refused(procedureUnknown(request.procedure))
    const found = await entryOf(tx, procedure, request.entryId)
    if (!found.ok) return found
    const edition = editionOf(rulebook, procedure, await localTargets?.(procedure.key, tx))
    const opened = await opening(tx, edition, request, { caseId: newId(), ...found.value })
    if (!opened.ok) return opened
    return granted((await recordOpened(tx, edition, [opened.value], request.quiet))[0]!)
  }

  async function openAll({ tx, on, ...request }: OpenCases): Promise<Verdict<readonly CaseState[]>> {
    await readCalendar?.(tx)
    const procedure = procedureOf(rulebook, request.procedure)
    if (procedure === undefined) return refused(procedureUnknown(request.procedure))
    const edition = editionOf(rulebook, procedure, await localTargets?.(procedure.key, tx))
    const opened: { draft: CaseState; events: readonly CaseEvent[] }[] = []
    for (const each of on) {
      const verdict = await opening(tx, edition, request, each)
      if (!verdict.ok) return verdict
      opened.push(verdict.value)
    }
    return granted(opened.length === 0 ? [] : await recordOpened(tx, edition, opened, request.quiet))
  }

  const preview: Cases['preview'] = ({ procedure: key, entryId, opener, at = clock.now() }) =>
    database.inTransaction(async (tx) => {
      await readCalendar?.(tx)
      const procedure = procedureOf(rulebook, key)
      if (procedure === undefined) return refused(procedureUnknown(key))
      const found = await entryOf(tx, procedure, entryId)
      if (!found.ok) return found
      const edition = editionOf(rulebook, procedure, await localTargets?.(procedure.key, tx))
      const parties = await partiesFor(tx, edition, opener, found.value.entry)
      const header = headerFor(edition, newId(), found.value.entryId, parties.ok ? parties.value : {}, at)
      return granted(previewOf({ edition, rulebook, calendar, at, opener, parties, header }))
    })

  return { openIn, openAll, preview, nameableIn }
}

/** The organisations that the content of an act names, whether or not there are such. */
const organisationsIn = (act: Act, content: ActContent): string[] =>
  act.content.flatMap(({ key, kind }) => {
    const id = kind === 'organisation' ? content[key] : undefined
    return typeof id === 'string' ? [id] : []
  })

const headerFor = (
  edition: ProcedureEdition,
  id: string,
  entryId: string | null,
  parties: CaseParties,
  at: Date,
): CaseHeader => ({
  id,
  // Given out once nothing stands against the opening.
  number: '',
  procedure: edition.procedure.key,
  rulebookId: edition.rulebookId,
  rulebookVersion: edition.rulebookVersion,
  entryId,
  subject: null,
  parties,
  openedAt: instantOf(at),
})
