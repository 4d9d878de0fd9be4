import { fileRequest, publishEntry } from '../scenarios/kit/acts.ts'
import { cityPassword, openCity } from '../scenarios/kit/city.ts'
import { layDown } from '../scenarios/kit/many-cases.ts'
import { decisionsKept, openOffice, workTogether } from '../scenarios/kit/officers.ts'

/** The house with a full inbox, or with many officers at work, in a process of its own. */
const [what, second, url, fourth, fifth] = process.argv.slice(2) as [string, string, string, string, string?]
if (what === 'inbox') await serveInbox(second, url, Number(fourth))
else await work(Number(second), url, Number(fourth), Number(fifth))

async function serveInbox(folder: string, databaseUrl: string, count: number): Promise<void> {
  const city = await openCity('chongqing', databaseUrl ? { databaseUrl } : { dataFolder: folder })
  city.at('2022-09-28T01:00:00Z')
  const entryId = await publishEntry(city, {})
  const { id } = (await fileRequest(city.user, entryId)).body
  await layDown(city.house, id, count, 60)
  // Half way down the list: as many pages of 200 as half of it has.
  let last = ''
  for (let read = 0; read < count / 2; read += 200) {
    const path = `/api/v1/cases?box=inbox&limit=200${last && `&cursor=${encodeURIComponent(last)}`}`
    last = (await city.authority.get(path)).body.nextCursor
  }
  const base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  const signedIn = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'authority', password: cityPassword }),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  process.send!({ base, cookie, last })
}

async function work(officers: number, databaseUrl: string, seconds: number, shared: number): Promise<void> {
  const office = await openOffice(databaseUrl, officers, 40_000)
  const { decided, second: told, strange } = await workTogether(office, { seconds, shared })
  const kept = await decisionsKept(office.city)
  for (const answer of strange.slice(0, 5)) console.error(answer)
  process.send!({
    decided: decided.size,
    doubled: kept.twice + [...decided.values()].filter((times) => times > 1).length,
    second: told,
    strange: strange.length,
    // Answered as done, and yet not whole in the store: history, grant and record.
    lost: Math.max(
      ...[kept.cases, kept.acts, kept.grants, kept.records].map((count) => Math.abs(count - decided.size)),
    ),
  })
}
