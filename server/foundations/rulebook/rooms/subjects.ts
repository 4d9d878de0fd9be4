import { z } from 'zod'
import { remedied, text } from '../atoms.ts'

/** A person sees who looked up data about them. */
export const subjectsRules = z.strictObject({ ...remedied, term: text })
