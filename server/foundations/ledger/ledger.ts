import { isId } from '@tiaoli/kernel/ids'
import { instantOf } from '@tiaoli/kernel/instants'
import type { MigrationSource, Tx } from '../database/index.ts'
import { createBackground, oneAtATime } from './background.ts'
import { createGroupCommit } from './group-commit.ts'
import { keptTilesByLog } from './kept-tiles.ts'
import { LedgerError } from './ledger.errors.ts'
import type { Ledger, LedgerConfig, Receipt, RecordInput } from './ledger.types.ts'
import { logsOf, originOf, sm3OriginOf } from './logs.ts'
import { createNodesStore } from './nodes.store.ts'
import { readPublicFile } from './public-files.ts'
import { createPublished } from './published.ts'
import { makeReceipt } from './receipts.ts'
import { type SealedRecord, sealRecord, sm3LeafOf } from './record.ts'
import { createRecordStore, type StoredRecord } from './records.store.ts'
import { sequenceOnce } from './sequencer.ts'
import { noteSigner, sm2NoteSigner } from './signed-note.ts'
import { createUsesStore } from './uses.store.ts'

export const ledgerMigrations: MigrationSource = {
  room: 'ledger',
  folder: new URL('./migrations/', import.meta.url),
}

const groupLimits = {
  itemsPerWrite: 1_000,
  itemsForSecondWrite: 128,
  itemsUndivided: 16,
  waitingItems: 20_000,
}
const sequencingTimes = { settleMs: 1_000, intervalMs: 2_000 }

/** Work that need not be done again once it has succeeded. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done = false
  return async () => {
    if (!done) await work()
    done = true
  }
}

/**
 * An append-only log of what happened, which anybody can check: a Merkle tree over salted digests of the records,
 * published as static tiles under a signed checkpoint (C2SP tlog-tiles, tlog-checkpoint, signed-note; RFC 6962).
 */
export function createLedger(config: LedgerConfig): Ledger {
  const { database, storage, clock, node = '' } = config
  const signer = noteSigner(originOf(config.origin, node), config.signingKey)
  const sm2Signer = config.sm2Key && sm2NoteSigner(sm3OriginOf(config.origin, node), config.sm2Key)
  const records = createRecordStore(database)
  const uses = createUsesStore(database)
  const nodes = createNodesStore(database)
  const keptOf = keptTilesByLog()
  const published = createPublished(database, storage, nodes, keptOf)
  const keys = { node, verifierKey: signer.verifierKey, sm2VerifierKey: sm2Signer?.verifierKey ?? null }
  const files = logsOf(storage, keys)
  const logs = {
    sha256: { ...files.sha256, signer },
    sm3: files.sm3 && sm2Signer && { ...files.sm3, signer: sm2Signer },
  }
  const register = once(() => nodes.register(keys))
  let fault: unknown
  const sequence = oneAtATime(async () => {
    try {
      await register()
      await sequenceOnce({ database, node, records, logs })
      fault = undefined
    } catch (cause) {
      fault = cause
      throw cause
    }
  })
  const background = createBackground(sequence, sequencingTimes, config.onFailure ?? console.error)

  const commits = createGroupCommit(
    (group: readonly SealedRecord[]) =>
      records.insertDurably(node, group).catch((cause: unknown) => {
        throw new LedgerError('ledger-failed', `${group.length} records`, cause)
      }),
    groupLimits,
  )

  const seal = (input: RecordInput): SealedRecord => sealRecord(input, instantOf(clock.now()))

  async function requireRecord(id: string, tx?: Tx): Promise<StoredRecord> {
    const record = isId(id) ? await records.findRecord(id, tx) : undefined
    if (record === undefined) throw new LedgerError('record-unknown', id)
    return record
  }

  async function receiptOf(id: string): Promise<Receipt | undefined> {
    const record = await requireRecord(id)
    const writer = record.node === node ? keys : (await nodes.all()).find((each) => each.node === record.node)
    return writer && makeReceipt(logsOf(storage, writer), record, keptOf, () => records.sm3Leaf(record.id))
  }

  const ledger: Ledger = {
    record: async (tx, input) => (await ledger.recordAll(tx, [input]))[0]!,

    recordAll: async (tx, inputs) => {
      if (inputs.length === 0) return []
      const sealed = inputs.map(seal)
      await records.insert(tx, node, sealed).catch((cause: unknown) => {
        throw new LedgerError('ledger-failed', sealed.map(({ id }) => id).join(' '), cause)
      })
      background.wake()
      return sealed.map(({ id, at }) => ({ id, at }))
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
    open: sequence,
    fault: () => fault,

    receipt: async (recordId) => {
      const early = await receiptOf(recordId)
      if (early !== undefined) return early
      await sequence()
      const receipt = await receiptOf(recordId)
      if (receipt === undefined) throw new LedgerError('record-pending', recordId)
      return receipt
    },

    find: (filter) => records.find(filter),
    count: records.count,
    accessesBetween: uses.accessesBetween,
    usesOfGrants: uses.usesOfGrants,
    usersOf: uses.usersOf,
    useBetween: uses.useBetween,
    nodes: async () => (await nodes.all()).map((each) => each.node),
    contents: (from, most) => records.contents(node, from, most),
    length: records.length,
    get: (recordId) => records.findView(recordId),

    erasePayload: async (tx, recordId, by) => {
      const record = await requireRecord(recordId, tx)
      // The SM3 tree may not have come to it yet, and once the content is gone its entry cannot be made.
      if (logs.sm3 !== undefined && record.salt !== null)
        await records.keepSm3Leaves(tx, [{ id: record.id, leaf: sm3LeafOf(record) }])
      if (!(await records.eraseContent(tx, record.id, clock.now()))) return
      await ledger.record(tx, { ...by, kind: 'record.erased', payload: { ...by.payload, recordId } })
    },

    publicFile: (path) => readPublicFile(storage, path),
    publicKey: () => signer.verifierKey,
    logs: published.logs,
    consistencyProof: published.consistencyProof,
    publishCosigned: published.publishCosigned,
    start: background.start,
    stop: async () => {
      await commits.drained()
      await background.stop()
    },
  }
  return ledger
}
