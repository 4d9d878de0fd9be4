import type { Route } from '@tiaoli/contract/route'
import { type Language, preferredLanguage, text } from '@tiaoli/kernel/text'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { nobody, type Session, type Unready } from '../identity/identity.model.ts'
import { overseesCity } from '../identity/oversight.ts'
import { Problem } from '../problems/index.ts'
import { knownFailure } from './answer-problem.ts'
import { parsePart } from './validation.ts'

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined

/** What a handler is given: the parts of the request, checked against the contract, and who calls. */
export type Call<R extends Route> = {
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
  readonly session: Session
  readonly language: Language
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What a handler gives back: the answer of the contract, or nothing when it has sent a stream itself. */
type Answered<R extends Route> = R['answer'] extends z.ZodType ? z.input<R['answer']> : unknown

/** Tells who calls; throws `key-not-valid` for a key that is not. */
export type ResolveSession = (request: FastifyRequest) => Promise<Session> | Session

export type Mount = <R extends Route>(
  route: R,
  handler: (call: Call<R>) => Promise<Answered<R>> | Answered<R>,
  failed?: AnswerFailure,
) => void

/** Tells a failure in the words of another interface; throws on what it has no words for. */
export type AnswerFailure = (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown

/**
 * Binds routes of the contract to handlers on `app`. Access is checked here and nowhere else, before anything is
 * parsed; `mounted` is the list that the route walk holds against the contract.
 */
export function createMount(
  app: FastifyInstance,
  resolveSession: ResolveSession,
): { mount: Mount; mounted: Route[] } {
  const mounted: Route[] = []
  const mount: Mount = (route, handler, failed) => {
    mounted.push(route)
    app.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ':$1'),
      ...(failed === undefined
        ? {}
        : {
            errorHandler: (error, request, reply) =>
              failed(knownFailure(error as FastifyError), request, reply),
          }),
      handler: async (request, reply) => {
        const known = route.access === 'public' ? nobody : await resolveSession(request)
        const session = admitted(route, sessionFrom(known, request.ip))
        // What depends on the caller is nobody else's: no cache on the way may keep it.
        if (route.access !== 'public') reply.header('cache-control', 'no-store')
        const call = {
          params: route.params ? parsePart(route.params, request.params, 'params') : undefined,
          query: route.query ? parsePart(route.query, request.query, 'query') : undefined,
          body: jsonOf(route, request),
          session,
          language: preferredLanguage(request.headers['accept-language']),
          request,
          reply,
        }
        const answer = await handler(call as unknown as Call<typeof route>)
        if (reply.sent || route.answer === 'stream') return answer
        return reply.code(route.status ?? 200).send(answer)
      },
    })
  }
  return { mount, mounted }
}

/** The session last made of each that is known: a key calls again and again, and mostly from where it did before. */
const lastFrom = new WeakMap<Session, Session>()

/** The session with the address from which it is used. What is kept beside a session is found again with the next call. */
function sessionFrom(known: Session, address: string): Session {
  const last = lastFrom.get(known)
  if (last?.address === address) return last
  const session = { ...known, address }
  lastFrom.set(known, session)
  return session
}

/** Who calls, as far as the route admits them; throws where it does not. */
function admitted(route: Route, session: Session): Session {
  const demandsUser = route.access === 'session' || route.access === 'admin'
  if (demandsUser && session.user === null) throw new Problem('not-signed-in')
  if (route.access === 'admin' && !overseesCity(session, 'admin')) throw cityAdministratorsAlone()
  const { unready } = session
  if (unready !== undefined && !route.whileUnready) {
    if (demandsUser) throw firstToSetUp(unready)
    // What everybody may do goes on, as anybody does it.
    return { ...nobody, address: session.address }
  }
  if (session.apiKeyId === null || !demandsUser) return session
  if (session.keyGrantId !== null) throw keptToItsGrant()
  if (session.keyEntryIds !== undefined) throw keptToItsEntries()
  if (route.bySignIn) throw bySignInAlone()
  if (session.keyReadsOnly && (route.access === 'admin' || route.method !== 'GET')) throw secondFactorAsked()
  return session
}

/** The body where the route has one in JSON. Any other kind of body is turned away, not taken for an empty one. */
function jsonOf(route: Route, request: FastifyRequest): unknown {
  if (route.body === undefined || route.body === 'stream') return undefined
  const type = request.headers['content-type']
  if (type !== undefined && !/^application\/json\s*(?:;|$)/i.test(type))
    throw new Problem('unsupported-media')
  return parsePart(route.body, request.body ?? {}, 'body')
}

/** What an administrator orders concerns every body: one of some department would order for its own good. */
const cityAdministratorsAlone = (): Problem =>
  new Problem('not-allowed', {
    condition: text(
      '此项操作由市级数据主管部门的系统管理员办理',
      'This is for an administrator at the data authority of the city',
    ),
    remedy: text('请联系市级数据主管部门。', 'Ask the data authority of the city.'),
  })

/** A key that is bound to a grant takes data under that grant; it neither acts for its user nor makes other keys. */
const keptToItsGrant = (): Problem =>
  new Problem('not-allowed', {
    condition: text(
      '该密钥只能用于其绑定的使用许可',
      'This key serves the grant that it is bound to and nothing else',
    ),
    remedy: text(
      '请登录后办理，或使用未绑定许可的密钥。',
      'Sign in, or use a key that is bound to no grant.',
    ),
  })

const keptToItsEntries = (): Problem =>
  new Problem('not-allowed', {
    condition: text(
      '该密钥只能取用其限定的目录条目的数据',
      'This key takes data of the entries that it is kept to and does nothing else',
    ),
    remedy: text('请登录后办理，或使用未作限定的密钥。', 'Sign in, or use a key that is kept to none.'),
  })

const bySignInAlone = (): Problem =>
  new Problem('not-allowed', {
    condition: text('此项操作须由本人登录后办理', 'This is done by who signed in, not by a key'),
    remedy: text('请登录后办理。', 'Sign in.'),
  })

/** A key is one factor. Where two are asked of its user it would be the way round the second. */
const secondFactorAsked = (): Problem =>
  new Problem('not-allowed', {
    condition: text(
      '您承担的职责须经双重验证，密钥只能用于取用数据（平台规则，非法定）',
      'Your powers ask for a second factor: a key takes data alone (a rule of the platform)',
    ),
    remedy: text('请登录后办理。', 'Sign in.'),
  })

const firstToSetUp = (unready: Unready): Problem =>
  unready === 'new-password'
    ? new Problem('new-password-needed', {
        condition: text('初始密码由他人发放，须先更换', 'Somebody else gave you your password'),
        remedy: text('请在“本人账号”中更换密码。', 'Change it under “My account”.'),
      })
    : new Problem('second-factor-needed', {
        condition: text(
          '您承担的职责须启用双重验证（平台规则，非法定）',
          'Your powers ask for a second factor (a rule of the platform)',
        ),
        remedy: text('请在“本人账号”中启用。', 'Set it up under “My account”.'),
      })
