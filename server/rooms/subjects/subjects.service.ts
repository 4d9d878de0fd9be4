import { createHmac } from 'node:crypto'
import type { Database } from '../../foundations/database/index.ts'
import type { SubjectsPort } from '../../foundations/gateway/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Ledger, RecordView } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import * as store from './subjects.store.ts'

export type Subjects = ReturnType<typeof createSubjects>

/** A person sees who looked up data about them, where the regulation gives that right. @article SZ-20.1 */
export function createSubjects(deps: {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly ledger: Ledger
  /** The identity number's digest of a person whose name and number were checked; undefined for anybody else. */
  readonly verifiedDigest: (userId: string) => Promise<Buffer | undefined>
  /** Keys the digests; the same that registrations are kept under. */
  readonly secret: string
}) {
  const { database, rulebook, ledger, verifiedDigest, secret } = deps
  const rules = rulebook.rooms.subjects

  const port: SubjectsPort = {
    note: (numbers, recordId) =>
      store.insertAccesses(
        database.db,
        numbers.map((number) => personDigest(secret, number)),
        recordId,
      ),
  }

  return {
    /** Notes whose number was looked up; absent where the regulation gives nobody the right to know. */
    port: rules === undefined ? undefined : port,

    /** Answered accesses under the caller's own number, the newest first. */
    async ofCaller(
      { user }: Session,
      before: string | undefined,
      limit: number,
    ): Promise<{ records: readonly RecordView[]; next: string | null }> {
      if (rules === undefined) throw new Problem('not-found')
      const digest = user?.organisation === null ? await verifiedDigest(user.id) : undefined
      if (digest === undefined) {
        // The article gives the right; how a person is known is asked by the platform, so no article is cited.
        const { condition, remedy } = rules
        throw new Problem('refused-by-platform', { condition, remedy })
      }
      const ids = await store.findAccesses(database.db, digest, before, limit + 1)
      const found = await Promise.all(ids.slice(0, limit).map((id) => ledger.get(id)))
      return {
        records: found.filter((record) => record !== null),
        next: ids.length > limit ? ids[limit - 1]! : null,
      }
    },
  }
}

/** Of a person's number in its written form, under the installation's key (HMAC, RFC 2104, SHA-256). */
export const personDigest = (secret: string, number: string): Buffer =>
  createHmac('sha256', secret)
    .update(`person ${number.normalize('NFKC').replace(/\s/g, '').toUpperCase()}`)
    .digest()
