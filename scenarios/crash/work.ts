import { companyFile, requestFields } from '../kit/acts.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { type Person, type Reply, signIn, visitor } from './people.ts'

/** Everything that a server has acknowledged over all its lives. */
export type Acknowledged = {
  readonly batches: Set<string>
  /** Cases by id, with the outcome that was acknowledged last. */
  readonly cases: Map<string, string | null>
  readonly records: Set<string>
}

export const nothingYet = (): Acknowledged => ({ batches: new Set(), cases: new Map(), records: new Set() })

/** Those who work on a server, each with a session of it. */
export type Staff = Record<'steward' | 'officer' | 'asker' | 'reader', Person>

export async function signInAll(address: string): Promise<Staff> {
  const [steward, officer, asker] = await Promise.all([
    signIn(address, 'market'),
    signIn(address, 'authority'),
    signIn(address, 'civil'),
  ])
  return { steward, officer, asker, reader: visitor(address) }
}

/** Ingests, decides and reads on one server, all at once, until it is gone; notes what was acknowledged. */
export async function workUntilGone(staff: Staff, entryId: string, noted: Acknowledged): Promise<void> {
  const { steward, officer, asker, reader } = staff
  await Promise.all([
    until(() => ingest(steward, entryId, noted)),
    until(() => decide(asker, officer, entryId, noted)),
    until(() => decide(asker, officer, entryId, noted)),
    ...Array.from({ length: 4 }, () => until(() => read(reader, entryId, noted))),
  ])
}

/** Again and again, until a reply fails to come. */
async function until(step: () => Promise<Reply>): Promise<void> {
  while ((await step()) !== null);
}

const rowsPerFile = 3_000
const file = companyFile(Array.from({ length: rowsPerFile }, (_, n) => syntheticCreditCode(n + 1)))

async function ingest(steward: Person, entryId: string, { batches }: Acknowledged): Promise<Reply> {
  const sent = await steward.upload(`/api/v1/entries/${entryId}/batches?accept=auto&filename=again.csv`, file)
  if (sent?.status !== 202) return sent
  batches.add(sent.body.id)
  for (;;) {
    const seen = await steward.get(`/api/v1/batches/${sent.body.id}`)
    if (seen === null || seen.body.state === 'live') return seen
  }
}

async function decide(
  asker: Person,
  officer: Person,
  entryId: string,
  { cases }: Acknowledged,
): Promise<Reply> {
  const content = { scenario: '低保家庭经济状况核对', fields: requestFields }
  const filed = await asker.post('/api/v1/cases', { procedure: 'sharing-request', entryId, content })
  if (filed?.status !== 201) return filed
  cases.set(filed.body.id, null)
  const decided = await officer.post(`/api/v1/cases/${filed.body.id}/acts/grant`)
  if (decided?.status === 200) cases.set(filed.body.id, decided.body.outcome)
  return decided
}

async function read(reader: Person, entryId: string, { records }: Acknowledged): Promise<Reply> {
  const rows = await reader.get(`/api/v1/entries/${entryId}/rows?limit=2`)
  if (rows?.status === 200) records.add(rows.body.recordId)
  return rows
}
