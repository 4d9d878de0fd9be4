import { sql } from 'kysely'
import { fileRequest, publishEntry } from './acts.ts'
import type { Caller } from './caller.ts'
import { type City, cityPassword, openCity } from './city.ts'
import { layDown } from './many-cases.ts'

export type Work = {
  /** Decisions that were answered with success, by case. */
  readonly decided: ReadonlyMap<string, number>
  /** Decisions that came second: answered with "changed meanwhile" or "not available". */
  readonly second: number
  /** Any other answer; there has to be none. */
  readonly strange: readonly string[]
  readonly seconds: number
}

/** A city on PostgreSQL with officers of the authority and a pile of requests that wait for it. */
export async function openOffice(databaseUrl: string, officers: number, cases: number) {
  const city = await openCity('chongqing', { databaseUrl })
  city.at('2022-09-28T01:00:00Z')
  const entryId = await publishEntry(city, {})
  const { id } = (await fileRequest(city.user, entryId)).body
  const pile = [...(await layDown(city.house, id, cases))]
  const hire = async (username: string): Promise<Caller> => {
    await city.house.identity.createUser({
      username,
      name: `示例${username}`,
      password: cityPassword,
      organisationId: 'authority',
      powers: ['officer'],
    })
    return city.signIn(username)
  }
  const callers: Caller[] = []
  // Some at a time: the door takes so many attempts from one address at once and no more.
  while (callers.length < officers) {
    const names = Array.from(
      { length: Math.min(20, officers - callers.length) },
      (_, index) => `officer${callers.length + index}`,
    )
    callers.push(...(await Promise.all(names.map(hire))))
  }
  return { city, pile, callers }
}

/**
 * Officers work for some time: each reads the inbox, opens a case and decides on it. Every so often, as `shared` says,
 * an officer decides on the very case, as last seen, on which a colleague decides at the same moment.
 */
export async function workTogether(
  office: Awaited<ReturnType<typeof openOffice>>,
  { seconds, shared }: { readonly seconds: number; readonly shared: number },
): Promise<Work> {
  const { callers, pile } = office
  const decided = new Map<string, number>()
  const strange: string[] = []
  let second = 0
  let turn = 0
  const begun = performance.now()
  const until = begun + seconds * 1000

  async function decide(officer: Caller, caseId: string, version: number): Promise<void> {
    const { status, body, text } = await officer.post(`/api/v1/cases/${caseId}/acts/grant`, { version })
    if (status === 200) decided.set(caseId, (decided.get(caseId) ?? 0) + 1)
    else if (status === 409 && ['changed-meanwhile', 'act-not-available'].includes(body.code)) second += 1
    else strange.push(`${status} ${text.slice(0, 200)}`)
  }

  async function work(officer: Caller, colleague: Caller): Promise<void> {
    while (performance.now() < until) {
      const inbox = await officer.get('/api/v1/cases?limit=20')
      if (inbox.status !== 200) strange.push(`inbox ${inbox.status}`)
      const caseId = pile.pop()
      if (caseId === undefined) return
      const found = await officer.get(`/api/v1/cases/${caseId}`)
      turn += 1
      const together = turn % Math.round(1 / shared) === 0 ? [officer, colleague] : [officer]
      await Promise.all(together.map((each) => decide(each, caseId, found.body.version)))
    }
  }
  await Promise.all(callers.map((officer, index) => work(officer, callers[(index + 1) % callers.length]!)))
  return { decided, second, strange, seconds: (performance.now() - begun) / 1000 }
}

/** What the store holds of decisions: cases granted, acts in their histories, grants given, records kept. */
export async function decisionsKept({ house }: City) {
  const { rows } = await sql<{ cases: number; acts: number; twice: number; grants: number; records: number }>`
    select (select count(*) from case_file where outcome = 'granted')::int as cases,
      (select count(*) from case_event where event->>'act' = 'grant')::int as acts,
      (select count(*) from (select case_id from case_event where event->>'act' = 'grant'
        group by case_id having count(*) > 1) as doubled)::int as twice,
      (select count(*) from use_grant)::int as grants,
      (select count(*) from case_record r join case_event e on e.case_id = r.case_id::uuid and e.sequence = r.sequence
        where e.event->>'act' = 'grant')::int as records`.execute(house.database.db)
  return rows[0]!
}
