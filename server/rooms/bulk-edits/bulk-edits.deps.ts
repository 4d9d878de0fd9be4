import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../../foundations/database/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'

export type BulkEditsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly ledger: Ledger
  readonly clock: Clock
}
