import type { Act, Procedure } from '@tiaoli/server/foundations/rulebook/index'
import type { Answer, Caller } from './caller.ts'
import type { City } from './city.ts'

const procedureIn = (city: City, key: string): Procedure =>
  city.house.rulebook.procedures.find((procedure) => procedure.key === key)!

/** What the form of an act demands, filled in plainly; `given` goes before. */
export function filledIn(act: Act, given: object = {}): Record<string, unknown> {
  const answers: Record<string, unknown> = {}
  for (const { key, kind, required, choices } of act.content) {
    if (!required) continue
    if (kind === 'text') answers[key] = '示例说明：按有关规定办理'
    if (kind === 'choice') answers[key] = choices![0]!.key
    if (kind === 'undertaking') answers[key] = true
    if (kind === 'date') answers[key] = '2030-12-31'
    if (kind === 'basis')
      answers[key] = { rank: 'law', instrument: '中华人民共和国个人信息保护法', article: '第十三条' }
  }
  return { ...answers, ...given }
}

export const openingContent = (city: City, procedure: string, given: object = {}) =>
  filledIn(procedureIn(city, procedure).acts.find((act) => act.from.length === 0)!, given)

/** Files a request with everything that the city's form demands. */
export const request = (
  city: City,
  applicant: Caller,
  entryId: string | null,
  content: object,
  procedure = 'sharing-request',
): Promise<Answer> =>
  applicant.post('/api/v1/cases', {
    procedure,
    entryId,
    content: openingContent(city, procedure, content),
  })

/** Does an act of a case, its form filled in as far as `content` leaves it open. */
export function act(
  city: City,
  caller: Caller,
  found: { id: string; procedure: { key: string } },
  key: string,
  content: object = {},
): Promise<Answer> {
  const rule = procedureIn(city, found.procedure.key).acts.find((each) => each.key === key)
  return caller.post(`/api/v1/cases/${found.id}/acts/${key}`, {
    content: rule === undefined ? content : filledIn(rule, content),
  })
}

/**
 * Takes a request on until it has become a grant, by whoever the city's procedure names: the shortest way through it,
 * positions that have to be on record included. Gives the case as it stands then.
 */
export async function grantOf(
  city: City,
  applicant: Caller,
  filed: Answer,
  provider: Caller = city.steward,
): Promise<Answer['body']> {
  if (filed.status !== 201) throw new Error(`not filed: ${filed.text}`)
  const procedure = procedureIn(city, filed.body.procedure.key)
  const players: Record<string, Caller> = {}
  for (const [role, binding] of Object.entries(procedure.roles)) {
    if (binding.from === 'opener') players[role] = applicant
    else if (binding.from === 'provider') players[role] = provider
    else if (binding.from === 'role')
      players[role] = binding.role.startsWith('authority')
        ? city.authority
        : await city.signIn(binding.role === 'management-agency' ? 'agency' : 'government')
  }
  let found = filed.body
  for (const step of wayToGrant(procedure, found.state.key)) {
    const done = await act(city, players[step.by[0]!]!, found, step.key)
    if (done.status !== 200) throw new Error(`${step.key}: ${done.text}`)
    found = done.body
  }
  return found
}

function wayToGrant(procedure: Procedure, from: string): readonly Act[] {
  type Way = { at: string; flags: Record<string, boolean>; acts: readonly Act[] }
  const ways: Way[] = [{ at: from, flags: {}, acts: [] }]
  const seen = new Set<string>()
  for (const { at, flags, acts } of ways) {
    if (acts.at(-1)?.effect === 'grant') return acts
    const place = JSON.stringify([at, flags])
    if (seen.has(place)) continue
    seen.add(place)
    for (const next of procedure.acts) {
      const met = (next.needs ?? []).every(({ flag, is }) => (flags[flag] ?? false) === is)
      if (!next.from.includes(at) || acts.includes(next) || !met) continue
      ways.push({ at: next.to ?? at, flags: { ...flags, ...next.sets }, acts: [...acts, next] })
    }
  }
  throw new Error(`${procedure.key} gives nothing from ${from}`)
}
