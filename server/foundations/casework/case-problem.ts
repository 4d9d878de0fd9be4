import type { ProblemCode } from '@tiaoli/contract/problems'
import type { Refusal } from '@tiaoli/kernel/decisions'
import { type Problem, refusalProblem } from '../problems/index.ts'

const codes: Readonly<Record<string, ProblemCode>> = {
  'procedure-unknown': 'not-found',
  'entry-unknown': 'not-found',
  'case-unknown': 'not-found',
  'act-unknown': 'act-unknown',
  'case-changed': 'changed-meanwhile',
  'content-missing': 'content-incomplete',
  'content-invalid': 'content-incomplete',
  'cursor-unknown': 'bad-cursor',
  'role-not-entitled': 'not-allowed',
  'opener-not-entitled': 'refused-by-law',
  'own-case': 'not-allowed',
  'own-act': 'not-allowed',
}

/** The engine's refusal as a problem document: the procedure does not allow it now, unless its code says more. */
export const caseProblem = (refusal: Refusal): Problem =>
  refusalProblem(codes[refusal.code] ?? 'act-not-available', refusal)
