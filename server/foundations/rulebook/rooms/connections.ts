import { z } from 'zod'
import { articleId } from '../atoms.ts'

const ordered = z.strictObject({ article: articleId }).readonly()

/** Systems of bodies and how they are connected with the platform. */
export const connectionsRules = z.strictObject({
  article: articleId,
  /** Data may stay where they are and are reached there. */
  atSource: ordered.optional(),
  /** Connections are watched all the time, and a break is told. */
  watched: ordered.optional(),
})
