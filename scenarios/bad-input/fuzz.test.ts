import { routes } from '@tiaoli/contract/index'
import type { Route } from '@tiaoli/contract/route'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBusyCity } from '../kit/busy-city.ts'
import { nothing, plausibleCall } from '../kit/plausible.ts'
import { expectOrderly } from '../kit/problem.ts'

const runs = 500

let city: Awaited<ReturnType<typeof openBusyCity>>
beforeAll(async () => {
  city = await openBusyCity()
})
afterAll(() => city.close())

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '',
    '\0',
    '企业名称',
    '企业名称:eq:甲',
    '注册资本:gt:1',
    'count',
    '-注册资本',
    '~',
    ':',
    ',',
    '|',
    '1e309',
    '-1',
    '../..',
    '\ud800',
    '__proto__',
    'constructor',
    'true',
    '[]',
    '{}',
  ),
)

/** A body of the shape that the route wants in some places and of any shape in others. */
const oddBody = (payload: object): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constant(payload),
    fc.jsonValue({ maxDepth: 4 }),
    fc
      .dictionary(
        fc.constantFrom(...Object.keys(payload), 'version', 'content', 'columns', 'odd'),
        fc.oneof(fc.jsonValue({ maxDepth: 3 }), oddText),
      )
      .map((changes) => ({ ...payload, ...changes })),
  )

const wellSpelt = (route: Route): string[] => Object.keys(route.query?.shape ?? { odd: true })

/** Signing out would end the session that the others need. */
const request = fc.constantFrom(...routes.filter(({ id }) => id !== 'signOut')).chain((route) =>
  fc.record({
    route: fc.constant(route),
    caller: fc.constantFrom('visitor', 'citizen', 'user', 'steward', 'authority', 'other'),
    known: fc.boolean(),
    query: fc.array(fc.tuple(fc.constantFrom(...wellSpelt(route), 'odd'), oddText), { maxLength: 4 }),
    segment: fc.option(fc.tuple(fc.nat({ max: 6 }), oddText), { freq: 3 }),
    body: route.body === 'stream' ? fc.uint8Array({ maxLength: 300 }) : oddBody(plausibleBody(route)),
    accept: fc.constantFrom('zh-CN', 'en', '*', ';;;', ''),
  }),
)

const plausibleBody = (route: Route): object =>
  (plausibleCall(route, nothing()).payload as object | undefined) ?? {}

it(`answers each of ${runs} odd requests in good order`, { timeout: 240_000 }, async () => {
  let succeeded = 0
  await fc.assert(
    fc.asyncProperty(request, async ({ route, caller, known, query, segment, body, accept }) => {
      const { path } = plausibleCall(route, known ? city.subjects : nothing())
      const parts = path.split('?')[0]!.split('/')
      if (segment !== null && segment[0] < parts.length && segment[0] > 2)
        parts[segment[0]] = encodeURIComponent(segment[1].toWellFormed())
      const search = new URLSearchParams(query.map(([name, value]) => [name, value]))
      for (const [name, value] of new URLSearchParams(path.split('?')[1]))
        if (!search.has(name)) search.set(name, value)
      const answer = await city[caller as 'visitor'].send(
        route.method,
        `${parts.join('/')}?${search}`,
        route.body === undefined
          ? undefined
          : route.body === 'stream'
            ? Buffer.from(body as Uint8Array)
            : JSON.stringify(body),
        {
          'accept-language': accept,
          ...(route.body === undefined
            ? {}
            : { 'content-type': route.body === 'stream' ? 'text/csv' : 'application/json' }),
        },
      )
      // An odd segment may lead to another route than the one that was meant, of the same interface.
      expectOrderly(answer, segment === null || route.failures !== undefined ? route : undefined)
      if (answer.status < 300) succeeded += 1
    }),
    { numRuns: runs },
  )
  await city.settle()
  expect(succeeded).toBeGreaterThan(runs / 20)
})
