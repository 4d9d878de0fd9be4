import type { Cases, CasesDeps } from './cases.types.ts'

export function createCases(_deps: CasesDeps): Cases {
  throw new Error('not built yet')
}
