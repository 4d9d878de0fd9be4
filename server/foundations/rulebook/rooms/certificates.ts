import { z } from 'zod'
import { remedied, term } from '../atoms.ts'

/** Electronic documents that every department accepts; who refuses a valid one says why, and it is reported. */
export const certificatesRules = z.strictObject({
  ...remedied,
  /** What an entry's rows can stand for (电子证照、电子印章、电子档案). */
  kinds: z.array(term).min(1).readonly(),
})
