import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { Text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import type { ProblemCode } from './problems.ts'

/**
 * Who may call a route. `public`: anybody. `caller`: anybody, and what they get depends on who they are.
 * `session`: signed-in users, by cookie or key. `admin`: administrators at the data authority of the
 * whole city: what they do concerns every body.
 * Finer rules (which organisation, which role in a case) are decisions of the rooms.
 */
export type Access = 'public' | 'caller' | 'session' | 'admin'

/** One route of the HTTP contract: the single statement of it, for validation, documentation and client. */
export type Route = {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly access: Access
  /** For people who signed in themselves: an API key does not do, whoever it belongs to. */
  readonly bySignIn?: true
  /** Open also to who has yet to set up what is asked first: a password of their own, a second factor. */
  readonly whileUnready?: true
  readonly summary: Text
  readonly articles?: readonly ArticleId[]
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** Absent: no body. `'stream'`: a file, as the body itself or as the first file of a form. */
  readonly body?: z.ZodObject | 'stream'
  /** `'stream'`: the answer is a file or a text whose type the headers name. */
  readonly answer: z.ZodType | 'stream'
  readonly status?: number
  readonly problems: readonly ProblemCode[]
  /** Told in the words of the interface that the route is part of, and not as problem documents. */
  readonly failures?: 'ckan' | 'json-rpc'
  /** Version of the platform with which the route came. */
  readonly since: string
}

/** States a route; the exact type is kept, so that server and client know its parts. */
export const route = <const R extends Route>(definition: R): R => definition
