import { isId } from '@tiaoli/kernel/ids'
import { instantOf } from '@tiaoli/kernel/instants'
import type { MigrationSource } from '../database/index.ts'
import { createBackground, oneAtATime } from './background.ts'
import { createGroupCommit } from './group-commit.ts'
import { LedgerError } from './ledger.errors.ts'
import type { Ledger, LedgerConfig, RecordInput } from './ledger.types.ts'
import { readPublicFile } from './public-files.ts'
import { makeReceipt } from './receipts.ts'
import { type SealedRecord, sealRecord } from './record.ts'
import { createRecordStore, type StoredRecord } from './records.store.ts'
import { sequenceOnce } from './sequencer.ts'
import { noteSigner } from './signed-note.ts'

export const ledgerMigrations: MigrationSource = {
  room: 'ledger',
  folder: new URL('./migrations/', import.meta.url),
}

const groupLimits = { itemsPerWrite: 1_000, writesAtOnce: 2, waitingItems: 20_000 }
const sequencingTimes = { settleMs: 1_000, intervalMs: 2_000 }

/**
 * An append-only log of what happened, which anybody can check: a Merkle tree over salted digests of the records,
 * published as static tiles under a signed checkpoint (C2SP tlog-tiles, tlog-checkpoint, signed-note; RFC 6962).
 */
export function createLedger(config: LedgerConfig): Ledger {
  const { database, storage, clock } = config
  const signer = noteSigner(config.origin, config.signingKey)
  const records = createRecordStore(database)
  const sequence = oneAtATime(() => sequenceOnce({ database, records, storage, signer }))
  const background = createBackground(sequence, sequencingTimes, config.onFailure ?? console.error)

  const commits = createGroupCommit(
    (group: readonly SealedRecord[]) =>
      records.insertDurably(group).catch((cause: unknown) => {
        throw new LedgerError('ledger-failed', `${group.length} records`, cause)
      }),
    groupLimits,
  )

  const seal = (input: RecordInput): SealedRecord => sealRecord(input, instantOf(clock.now()))

  async function requireRecord(id: string): Promise<StoredRecord> {
    const record = isId(id) ? await records.findRecord(id) : undefined
    if (record === undefined) throw new LedgerError('record-unknown', id)
    return record
  }

  const ledger: Ledger = {
    record: async (tx, input) => {
      const record = seal(input)
      await records.insert(tx, record)
      background.wake()
      return { id: record.id, at: record.at }
    },

    append: async (input) => {
      const record = seal(input)
      const epoch = await commits.add(record)
      background.wake()
      return { id: record.id, at: record.at, epoch }
    },

    turnEpoch: records.turnEpoch,
    epoch: records.epoch,
    sequence,

    receipt: async (recordId) => {
      const early = await makeReceipt({ storage, signer }, await requireRecord(recordId))
      if (early !== undefined) return early
      await sequence()
      const receipt = await makeReceipt({ storage, signer }, await requireRecord(recordId))
      if (receipt === undefined) throw new LedgerError('record-pending', recordId)
      return receipt
    },

    find: (filter) => records.find(filter),
    count: records.count,
    accessesBetween: records.accessesBetween,
    usesOfGrants: records.usesOfGrants,
    usersOf: records.usersOf,
    useBetween: records.useBetween,
    length: records.length,
    get: (recordId) => records.findView(recordId),

    erasePayload: async (recordId, by) => {
      const record = await requireRecord(recordId)
      await database.inTransaction(async (tx) => {
        if (await records.eraseContent(tx, record.id, clock.now()))
          await ledger.record(tx, { ...by, kind: 'record.erased', payload: { recordId } })
      })
    },

    publicFile: (path) => readPublicFile(storage, path),
    publicKey: () => signer.verifierKey,
    start: background.start,
    stop: async () => {
      await commits.drained()
      await background.stop()
    },
  }
  return ledger
}
