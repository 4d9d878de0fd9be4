import type { Tx } from '../../foundations/database/index.ts'
import type { createAdmission } from './admission.ts'
import type { Run, Source } from './harvesting.model.ts'
import type { Progress } from './progress.ts'

/** A run as it is being done: by whom alone it may write, and what it has found. */
export type Execution = {
  readonly source: Source
  readonly run: Run
  readonly progress: Progress
  readonly admission: ReturnType<typeof createAdmission>
  readonly signal: AbortSignal
  /** Does something in a transaction, as long as nobody has taken this execution's place. */
  readonly fenced: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}
