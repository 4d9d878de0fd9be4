import type { Clock } from '@tiaoli/kernel/instants'
import type { Cases } from '../../foundations/cases/index.ts'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { CompilationRules, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'

export type CompilationDeps = {
  readonly database: Database
  readonly catalogue: Catalogue
  readonly cases: () => Cases
  readonly identity: Identity
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly notices: Notices
  readonly rulebook: Rulebook
  readonly rules: CompilationRules
  readonly clock: Clock
  /** Users who are told when an entry that they use has a new version. */
  readonly subscribersOf: (tx: Tx, entryId: string) => Promise<readonly string[]>
}
