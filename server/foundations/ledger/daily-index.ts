import { type CivilDate, type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import type { Database } from '../database/index.ts'
import { indexPath, latestIndexPath, readIndex, writeIndex } from './index-note.ts'
import { findNewestIndex, keepIndex, type SignedIndex } from './indexes.store.ts'
import { LedgerError } from './ledger.errors.ts'
import type { Ledger } from './ledger.types.ts'
import { type NoteSigner, signNote } from './signed-note.ts'
import type { LedgerStorage } from './storage.ts'

export type DailyIndex = {
  /**
   * Signs the index of today, unless that has been done, or no log has a record yet. A log that cannot be read is named
   * in it as such, and `onFailure` is told why.
   *
   * @throws LedgerError `ledger-forked` where indexes that were signed are gone
   */
  publish(): Promise<void>
  /** Number and date of the newest index, undefined before the first. */
  latest(): Promise<{ readonly number: number; readonly on: CivilDate } | undefined>
  /** Keys of the index, one to a line; each of them signs every index. */
  publicKeys(): readonly string[]
}

export type DailyIndexConfig = {
  readonly database: Database
  readonly storage: LedgerStorage
  readonly ledger: Pick<Ledger, 'logs' | 'sequence'>
  /** The first is the one by which an index is known again. */
  readonly signers: readonly [NoteSigner, ...NoteSigner[]]
  readonly clock: Clock
  readonly onFailure: (what: string, cause: unknown) => void
}

/** Joins the logs of all nodes: one signed list a day, each holding the digest of the one before. */
export function createDailyIndex({
  database,
  storage,
  ledger,
  signers,
  clock,
  onFailure,
}: DailyIndexConfig): DailyIndex {
  const [signer] = signers

  async function read(path: string): Promise<{ number: number; on: CivilDate; text: string } | undefined> {
    const bytes = await storage.read(path)
    if (bytes === null) return undefined
    const text = signer.open(bytes.toString('utf8'))
    const known = text === null ? null : readIndex(text)
    if (text === null || known === null)
      throw new LedgerError('ledger-forked', `${path} is not signed by the key of the index`)
    return { ...known, text }
  }

  /**
   * A crash may have come between an index and the word that it is the latest, and that word may be lost or older: an
   * index that stands is walked to, signed once and never anew.
   */
  async function newest() {
    const told = await read(latestIndexPath)
    let latest = told
    for (;;) {
      const path = indexPath((latest?.number ?? 0) + 1)
      const next = await read(path)
      if (next === undefined) break
      if (next.number !== (latest?.number ?? 0) + 1)
        throw new LedgerError('ledger-forked', `${path} bears the number ${next.number}`)
      latest = next
    }
    if (latest !== undefined && latest !== told)
      await storage.write(latestIndexPath, (await storage.read(indexPath(latest.number)))!)
    return latest
  }

  /**
   * The newest index of the files, which have to be those that were signed: what the database knows of the last one is
   * written where a crash kept it from its file, and where more is gone nothing is signed over it.
   */
  async function standing() {
    const found = await newest()
    const kept = await findNewestIndex(database.db)
    if (kept === undefined || kept.number <= (found?.number ?? 0)) return found
    if (kept.number > (found?.number ?? 0) + 1)
      throw new LedgerError('ledger-forked', `${indexPath(kept.number)} was signed, and is gone`)
    await write(kept)
    return newest()
  }

  async function write({ number, note }: SignedIndex): Promise<void> {
    const bytes = Buffer.from(note)
    await storage.write(indexPath(number), bytes)
    await storage.write(latestIndexPath, bytes)
  }

  return {
    publish: async () => {
      // What this node has not published yet is to be in today's; the others publish by themselves.
      await ledger.sequence().catch((cause: unknown) => onFailure('ledger', cause))
      await database.exclusively('tiaoli.ledger.index', async () => {
        const before = await standing()
        const on = civilDateOf(clock.now())
        if (before !== undefined && before.on >= on) return
        const number = (before?.number ?? 0) + 1
        const logs = await ledger.logs()
        // The others are vouched for all the same: else a day without an index could be had by spoiling one file.
        const unread = logs.filter(({ fault }) => fault !== undefined)
        for (const { path, fault } of unread) onFailure(`ledger ${path || '.'}`, fault)
        if (!logs.some(({ checkpoint }) => checkpoint !== undefined && checkpoint.size > 0)) return
        const text = writeIndex({
          name: signer.name,
          number,
          on,
          previous: before?.text ?? null,
          logs: logs.flatMap(({ path, verifierKey, checkpoint }) =>
            checkpoint === undefined
              ? []
              : [
                  {
                    path,
                    verifierKey,
                    size: checkpoint.size,
                    root: checkpoint.root,
                    checkpoint: checkpoint.note,
                  },
                ],
          ),
          unread,
        })
        const signed = { number, note: signNote(text, signers) }
        await keepIndex(database.db, signed)
        await write(signed)
      })
    },

    latest: async () => {
      const found = await read(latestIndexPath)
      return found && { number: found.number, on: found.on }
    },
    publicKeys: () => signers.map(({ verifierKey }) => verifierKey),
  }
}
