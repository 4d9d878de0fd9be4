import { z } from 'zod'
import { instantSchema } from './common.ts'

/** How a way in for rows stands with the update cycle that the catalogue promises. */
export const timelinessFields = {
  dueBefore: instantSchema
    .nullable()
    .describe(
      'By the update cycle of the entry, counted from the rows that came last this way; not statutory',
    ),
  late: z.boolean().describe('That moment has passed'),
}
