import type { Clock } from '@tiaoli/kernel/instants'
import type { Cases } from '../../foundations/cases/index.ts'
import type { Casework } from '../../foundations/casework/index.ts'
import type { Database } from '../../foundations/database/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Vocabulary } from '../vocabulary/index.ts'
import type { EntryWatcher } from './catalogue.model.ts'

export type CatalogueDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly cases: () => Cases
  readonly casework: () => Casework
  readonly identity: Identity
  readonly ledger: Ledger
  readonly vocabulary: Vocabulary
  readonly clock: Clock
  /** Rooms that have a say in cataloguing. */
  readonly watchers?: () => readonly EntryWatcher[]
}
