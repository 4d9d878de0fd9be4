import type { z } from 'zod'
import { basesRules } from './rooms/bases.ts'
import { certificatesRules } from './rooms/certificates.ts'
import { collectionRules } from './rooms/collection.ts'
import { commitmentRules } from './rooms/commitment.ts'
import { compilationRules } from './rooms/compilation.ts'
import { connectionsRules } from './rooms/connections.ts'
import { explanationsRules } from './rooms/explanations.ts'
import { matchingRules } from './rooms/matching.ts'
import { openingRules } from './rooms/opening.ts'
import { processingRules } from './rooms/processing.ts'
import { proofRules } from './rooms/proofs.ts'
import { publicationRules } from './rooms/publication.ts'
import { subjectsRules } from './rooms/subjects.ts'
import { systemsRules } from './rooms/systems.ts'
import { tasksRules } from './rooms/tasks.ts'

/** `rooms/<room>.yaml`: each is optional, and a room without its file is not offered in the city. */
export const roomFiles = {
  compilation: compilationRules,
  collection: collectionRules,
  bases: basesRules,
  tasks: tasksRules,
  connections: connectionsRules,
  opening: openingRules,
  commitment: commitmentRules,
  explanations: explanationsRules,
  matching: matchingRules,
  processing: processingRules,
  proofs: proofRules,
  certificates: certificatesRules,
  publication: publicationRules,
  subjects: subjectsRules,
  systems: systemsRules,
} as const

export type RoomRules = { readonly [K in keyof typeof roomFiles]?: z.output<(typeof roomFiles)[K]> }
export type CommitmentRules = NonNullable<RoomRules['commitment']>
export type CompilationRules = NonNullable<RoomRules['compilation']>
export type CollectionRules = NonNullable<RoomRules['collection']>
export type BasesRules = NonNullable<RoomRules['bases']>
export type ConnectionsRules = NonNullable<RoomRules['connections']>
export type TasksRules = NonNullable<RoomRules['tasks']>
export type ExplanationsRules = NonNullable<RoomRules['explanations']>
export type MatchingRules = NonNullable<RoomRules['matching']>
export type OpeningRules = NonNullable<RoomRules['opening']>
export type ProcessingRules = NonNullable<RoomRules['processing']>
export type PublicationRules = NonNullable<RoomRules['publication']>
export type SystemsRules = NonNullable<RoomRules['systems']>
