import type { Lake, LakeConfig } from './lake.types.ts'

export { LakeError, type LakeErrorCode, lakeErrors } from './lake.errors.ts'
export type * from './lake.types.ts'

/** Texts that stand for "no value" unless the steward says otherwise. */
export const defaultNulls: readonly string[] = ['', 'NA', 'N/A', '\\N', 'NULL', 'null']

/** Opens the lake in a folder of its own. */
export async function createLake(_config: LakeConfig): Promise<Lake> {
  throw new Error('in preparation')
}
