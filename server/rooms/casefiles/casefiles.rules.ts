import type { Actor, CaseState } from '../../foundations/cases/index.ts'
import type { Procedure } from '../../foundations/rulebook/index.ts'
import type { Paper } from './casefiles.model.ts'

/** Who reads, and for which colleagues they stand in: what binds one of them binds whoever plays their part. */
export type Reader = Actor & { readonly standsInFor: readonly string[] }

/** The party for which somebody writes: their organisation, or themself. */
export const sideOf = (actor: Actor): string =>
  actor.organisationId === null ? `u:${actor.userId}` : `o:${actor.organisationId}`

/**
 * What is meant for every party is read by whoever sees the case. What is meant for one's own side is read by that
 * side alone, and where one body stands on both sides not by those of it who acted for the party that asks: the
 * deliberation on a request is not for whoever filed it.
 */
export function mayRead(
  procedure: Procedure,
  state: CaseState,
  reader: Reader,
  paper: Pick<Paper, 'audience' | 'side' | 'userId'>,
): boolean {
  if (paper.audience === 'all' || paper.userId === reader.userId) return true
  if (paper.side !== sideOf(reader)) return false
  return !actedForBoth(procedure, state, reader) || writtenByAskingSide(procedure, state, paper)
}

/** Whoever acted in the place of a colleague is both. */
const personsOf = ({ userId, inPlaceOf }: Actor): readonly string[] =>
  inPlaceOf === undefined ? [userId] : [userId, inPlaceOf.userId]

const askingRoles = ({ roles }: Procedure): readonly string[] =>
  Object.entries(roles).flatMap(([role, { from }]) => (from === 'opener' ? [role] : []))

/** The reader's body both asks and decides, and the reader, or for whom they stand in, has acted as the one who asks. */
const actedForBoth = (procedure: Procedure, { parties, events }: CaseState, reader: Reader): boolean =>
  reader.organisationId !== null &&
  parties[procedure.decider]?.organisationId === reader.organisationId &&
  events.some(
    ({ role, actor }) =>
      role !== null &&
      actor !== null &&
      askingRoles(procedure).includes(role) &&
      personsOf(actor).some((id) => id === reader.userId || reader.standsInFor.includes(id)),
  )

const writtenByAskingSide = (
  procedure: Procedure,
  { events }: CaseState,
  { userId }: Pick<Paper, 'userId'>,
): boolean =>
  events.some(
    ({ role, actor }) =>
      role !== null &&
      actor !== null &&
      askingRoles(procedure).includes(role) &&
      personsOf(actor).includes(userId),
  )

type Signature = { readonly forms: RegExp; readonly begins: readonly string[] }

/** First bytes, in hexadecimal, of the forms that have a mark; archives of Office and OFD are ZIP files. */
const signatures: readonly Signature[] = [
  { forms: /\.pdf$/i, begins: ['25504446'] },
  { forms: /\.png$/i, begins: ['89504e470d0a1a0a'] },
  { forms: /\.jpe?g$/i, begins: ['ffd8ff'] },
  { forms: /\.(?:docx|xlsx|pptx|ofd|zip)$/i, begins: ['504b0304', '504b0506'] },
  { forms: /\.(?:doc|xls|ppt|wps|et)$/i, begins: ['d0cf11e0a1b11ae1', '504b0304'] },
]

/** Whether the bytes are of the form that the name promises; texts have no mark, but hold no null. */
export function isWhatItIsCalled(fileName: string, bytes: Buffer): boolean {
  const signature = signatures.find(({ forms }) => forms.test(fileName))
  if (signature === undefined) return !bytes.includes(0)
  const begins = bytes.subarray(0, 8).toString('hex')
  return signature.begins.some((mark) => begins.startsWith(mark))
}
