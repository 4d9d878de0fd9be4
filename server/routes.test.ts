import { readFileSync } from 'node:fs'
import { routes } from '@tiaoli/contract/index'
import type { Route } from '@tiaoli/contract/route'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBusyCity } from '../scenarios/kit/busy-city.ts'
import type { Answer, Caller } from '../scenarios/kit/caller.ts'
import { nothing, plausibleCall, type Subjects } from '../scenarios/kit/plausible.ts'
import { expectOrderly, expectProblem } from '../scenarios/kit/problem.ts'

/** What anybody with an account may do: look after their own session, keys and notices. */
const ownAffairs = [
  'ckanActionByPost',
  'ckanActionUnversionedByPost',
  'signOut',
  'endOtherSessions',
  'createApiKey',
  'readNotices',
  'makeFeed',
  'revokeFeed',
  'stopMail',
]
const changes = (route: Route): boolean => route.method !== 'GET'
const demandsSession = (route: Route): boolean => route.access === 'session' || route.access === 'admin'

let city: Awaited<ReturnType<typeof openBusyCity>>
beforeAll(async () => {
  city = await openBusyCity()
})
afterAll(() => city.close())

function call(caller: Caller, route: Route, subjects: Subjects): Promise<Answer> {
  const { path, payload } = plausibleCall(route, subjects)
  const headers = route.body === 'stream' ? { 'content-type': 'application/octet-stream' } : undefined
  return caller.send(route.method, path, payload, headers)
}

describe('routes', () => {
  it('are mounted exactly as the contract has them', () => {
    const named = (list: readonly Route[]) => list.map(({ id, method, path }) => `${id} ${method} ${path}`)
    expect(named(city.house.mounted).sort()).toEqual(named(routes).sort())
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length)
  })

  it('name a wrong cursor among their problems where they are paged', () => {
    for (const route of routes)
      expect(route.problems.includes('bad-cursor')).toBe('cursor' in (route.query?.shape ?? {}))
  })

  it('are described by the document that is served, byte for byte the one that is kept', async () => {
    const kept = readFileSync(new URL('../contract/openapi.json', import.meta.url), 'utf8')
    expect((await city.visitor.get('/api/v1/openapi.json')).body).toEqual(JSON.parse(kept))
  })

  it.each(routes.map((route) => [route.id, route] as const))('%s: nobody', async (_id, route) => {
    for (const subjects of [city.subjects, nothing()]) {
      const answer = await call(city.visitor, route, subjects)
      expectOrderly(answer, route)
      if (demandsSession(route)) expect(expectProblem(answer, route)).toBe('not-signed-in')
      else if (route.id !== 'signIn') expect(answer.status).not.toBe(401)
    }
  })

  it.each(routes.map((route) => [route.id, route] as const))(
    '%s: a user without power',
    async (_id, route) => {
      for (const subjects of [city.subjects, nothing()]) {
        const answer = await call(city.citizen, route, subjects)
        expectOrderly(answer, route)
        if (route.id !== 'signIn') expect(answer.status).not.toBe(401)
        if (route.access === 'admin') expect(expectProblem(answer, route)).toBe('not-allowed')
        if (changes(route) && !ownAffairs.includes(route.id))
          expect(answer.status).toBeGreaterThanOrEqual(400)
        if (route.id === 'signOut') city = Object.assign(city, { citizen: await city.signIn('citizen') })
      }
    },
  )

  it.each(routes.map((route) => [route.id, route] as const))(
    '%s: a steward of another body about what is not theirs',
    async (_id, route) => {
      if (route.id === 'signOut') return
      const answer = await call(city.other, route, city.subjects)
      expectOrderly(answer, route)
      if (/\{(?:batchId|caseId|grantId|recordId|keyId)\}/.test(route.path)) expect(answer.status).toBe(404)
      if (changes(route) && route.path.includes('{entryId}'))
        expect(answer.status).toBeGreaterThanOrEqual(403)
    },
  )
})
