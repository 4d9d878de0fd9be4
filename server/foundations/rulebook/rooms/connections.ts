import { z } from 'zod'
import { articleId } from '../atoms.ts'

/** Business systems of bodies and how they are connected with the platform. */
export const connectionsRules = z.strictObject({
  article: articleId,
  /** Data stay where they are and are reached there. */
  atSource: z.strictObject({ article: articleId }).readonly().optional(),
  /** Connections are watched all the time, and a break is told. */
  watched: z.strictObject({ article: articleId }).readonly().optional(),
})
