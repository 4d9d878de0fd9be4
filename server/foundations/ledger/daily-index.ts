import { type CivilDate, type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import type { Database } from '../database/index.ts'
import { indexPath, latestIndexPath, readIndex, writeIndex } from './index-note.ts'
import { LedgerError } from './ledger.errors.ts'
import type { Ledger } from './ledger.types.ts'
import { type NoteSigner, signNote } from './signed-note.ts'
import type { LedgerStorage } from './storage.ts'

export type DailyIndex = {
  /**
   * Signs the index of today, unless that has been done.
   *
   * @throws LedgerError `ledger-forked`, or why a log cannot be read: none is signed without it
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
}

/** Joins the logs of all nodes: one signed list a day, each holding the digest of the one before. */
export function createDailyIndex({
  database,
  storage,
  ledger,
  signers,
  clock,
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

  return {
    publish: async () => {
      // What this node has not published yet is to be in today's; the others publish by themselves.
      await ledger.sequence()
      await database.exclusively('tiaoli.ledger.index', async () => {
        const before = await newest()
        const on = civilDateOf(clock.now())
        if (before !== undefined && before.on >= on) return
        const number = (before?.number ?? 0) + 1
        const logs = await ledger.logs()
        // An index without a log that stood in the one before says that it was taken away: none is signed meanwhile.
        const unreadable = logs.find(({ fault }) => fault !== undefined)
        if (unreadable !== undefined) throw unreadable.fault
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
        })
        const note = Buffer.from(signNote(text, signers))
        await storage.write(indexPath(number), note)
        await storage.write(latestIndexPath, note)
      })
    },

    latest: async () => {
      const found = await read(latestIndexPath)
      return found && { number: found.number, on: found.on }
    },
    publicKeys: () => signers.map(({ verifierKey }) => verifierKey),
  }
}
