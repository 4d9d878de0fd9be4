import { companyFile, requestFields } from '../kit/acts.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import type { Seeded } from './node.ts'
import { type Person, type Reply, signIn, visitor } from './people.ts'

/** Everything that a server has acknowledged over all its lives. */
export type Acknowledged = {
  readonly batches: Set<string>
  /** Cases by id, with the outcome that was acknowledged last. */
  readonly cases: Map<string, string | null>
  readonly records: Set<string>
  /** Files on their way in parts: how many bytes of each were acknowledged. */
  readonly uploads: Map<string, number>
  /** Rows that a system appends: how many lots it has begun to send, and the one that no answer has come for yet. */
  readonly pushed: { lots: number; unanswered: number | null }
  /** Those of which less was there after a life than had been acknowledged. */
  readonly lost: string[]
}

export const nothingYet = (): Acknowledged => ({
  batches: new Set(),
  cases: new Map(),
  records: new Set(),
  uploads: new Map(),
  pushed: { lots: 0, unanswered: null },
  lost: [],
})

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
export async function workUntilGone(
  staff: Staff,
  { entryId, logId }: Seeded,
  noted: Acknowledged,
): Promise<void> {
  const { steward, officer, asker, reader } = staff
  await Promise.all([
    until(() => ingest(steward, entryId, noted)),
    until(() => sendParts(steward, entryId, noted)),
    until(() => push(steward, logId, noted)),
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

/** By turns all rows anew, and the same rows in place of those of their keys. */
async function ingest(steward: Person, entryId: string, { batches }: Acknowledged): Promise<Reply> {
  const mode = batches.size % 2 === 0 ? 'replace' : 'upsert'
  const address = `/api/v1/entries/${entryId}/batches?accept=auto&filename=again.csv&mode=${mode}`
  const sent = await steward.upload(address, file)
  if (sent?.status !== 202) return sent
  batches.add(sent.body.id)
  return untilLive(steward, sent.body.id)
}

async function untilLive(steward: Person, batchId: string): Promise<Reply> {
  for (;;) {
    const seen = await steward.get(`/api/v1/batches/${batchId}`)
    if (seen === null || seen.body.state === 'live') return seen
  }
}

const inParts = Buffer.from(companyFile(Array.from({ length: 120 }, (_, n) => syntheticCreditCode(n + 1))))
const partBytes = Math.ceil(inParts.length / 6)

/** Goes on with a file that an earlier life left half sent, or begins one; what has all arrived becomes a batch. */
async function sendParts(steward: Person, entryId: string, noted: Acknowledged): Promise<Reply> {
  const { uploads, batches, lost } = noted
  let [id] = uploads.keys()
  if (id === undefined) {
    const begun = await steward.part('POST', `/api/v1/entries/${entryId}/uploads`, {
      'upload-length': String(inParts.length),
      'upload-metadata': `filename ${Buffer.from('parts.csv').toString('base64')}`,
    })
    if (begun === null) return null
    id = begun.location.split('/').at(-1)!
    uploads.set(id, 0)
  }
  const path = `/api/v1/uploads/${id}`
  const there = await steward.part('HEAD', path, {})
  if (there === null) return null
  if (there.offset < uploads.get(id)!) lost.push(id)
  for (let { offset } = there; offset < inParts.length; ) {
    const part = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
    const taken = await steward.part('PATCH', path, part, inParts.subarray(offset, offset + partBytes))
    // A part of an earlier life may hold the file for a moment.
    if (taken?.status !== 204) return taken && { status: taken.status, body: null }
    offset = taken.offset
    uploads.set(id, offset)
  }
  const finished = await steward.post(`${path}/acts/finish`, { accept: 'auto', mode: 'upsert' })
  if (finished?.status !== 202) return finished
  batches.add(finished.body.id)
  uploads.delete(id)
  return untilLive(steward, finished.body.id)
}

/** Rows of one lot, each with a word of its own. */
const linesOf = (lot: number): string[] =>
  Array.from({ length: 20 }, (_, n) => JSON.stringify({ 编号: `${lot}-${n}`, 件数: n }))
/** What the rows of all lots are, in the order of their words. */
export const rowsPushed = ({ pushed }: Acknowledged): string[] =>
  Array.from({ length: pushed.lots }, (_, lot) => linesOf(lot))
    .flat()
    .sort()

/** Sends the lot that no answer came for once more under its key, or the next one: as a system does that loses no row. */
export async function push(
  steward: Person,
  logId: string,
  { pushed, batches }: Acknowledged,
): Promise<Reply> {
  pushed.unanswered ??= pushed.lots++
  const lot = pushed.unanswered
  const address = `/api/v1/entries/${logId}/batches?accept=auto&mode=append&filename=push.ndjson&batchKey=lot-no-${lot}`
  const sent = await steward.upload(address, linesOf(lot).join('\n'))
  if (sent?.status !== 202) return sent
  pushed.unanswered = null
  batches.add(sent.body.id)
  return untilLive(steward, sent.body.id)
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
