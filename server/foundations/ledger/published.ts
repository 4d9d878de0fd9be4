import type { Database } from '../database/index.ts'
import { type Checkpoint, checkpointPath, openCheckpoint, witnessedPath } from './checkpoint.ts'
import type { KeptTiles } from './kept-tiles.ts'
import { LedgerError } from './ledger.errors.ts'
import type { LogView } from './ledger.types.ts'
import { logsOf, type PublishedLog, readHead } from './logs.ts'
import { consistencyProof } from './merkle.ts'
import type { createNodesStore } from './nodes.store.ts'
import { lockOfNode } from './sequencer.ts'
import type { LedgerStorage } from './storage.ts'
import { subtreesOf } from './tiles.ts'

/** What is published of all nodes, read and completed by any of them. */
export function createPublished(
  database: Database,
  storage: LedgerStorage,
  nodes: ReturnType<typeof createNodesStore>,
  keptOf: (path: string) => KeptTiles,
) {
  async function readWitnessed(log: PublishedLog): Promise<Checkpoint | undefined> {
    const bytes = await log.storage.read(witnessedPath)
    return bytes === null ? undefined : openCheckpoint(log.verifier, bytes.toString('utf8'))
  }

  async function checkpointsOf(
    log: PublishedLog,
  ): Promise<Pick<LogView, 'checkpoint' | 'witnessed' | 'fault'>> {
    try {
      return { checkpoint: await readHead(log), witnessed: await readWitnessed(log) }
    } catch (fault) {
      return { checkpoint: undefined, witnessed: undefined, fault }
    }
  }

  async function find(path: string): Promise<{ node: string; log: PublishedLog }> {
    for (const keys of await nodes.all()) {
      const { sha256, sm3 } = logsOf(storage, keys)
      for (const log of [sha256, sm3]) if (log?.path === path) return { node: keys.node, log }
    }
    throw new LedgerError('log-unknown', path)
  }

  return {
    async logs(): Promise<LogView[]> {
      const views: LogView[] = []
      for (const keys of await nodes.all()) {
        const { sha256, sm3 } = logsOf(storage, keys)
        for (const log of [sha256, sm3])
          if (log !== undefined)
            views.push({
              node: keys.node,
              path: log.path,
              algorithm: log.tree.algorithm,
              verifierKey: log.verifier.verifierKey,
              ...(await checkpointsOf(log)),
            })
      }
      return views
    },

    async consistencyProof(path: string, older: number, newer: number): Promise<readonly Buffer[]> {
      const { log } = await find(path)
      const subtree = subtreesOf(log.storage, log.tree, newer, keptOf(path))
      return consistencyProof(log.tree, subtree, older, newer)
    },

    /** Cosignatures come on a checkpoint that may have been followed by others: those stand as they are. */
    async publishCosigned(path: string, note: string): Promise<void> {
      const { node, log } = await find(path)
      const cosigned = openCheckpoint(log.verifier, note)
      await database.exclusively(lockOfNode(node), async () => {
        const [head, witnessed] = [await readHead(log), await readWitnessed(log)]
        const bytes = Buffer.from(note)
        if (head?.text === cosigned.text) await log.storage.write(checkpointPath, bytes)
        if (witnessed === undefined || witnessed.size <= cosigned.size)
          await log.storage.write(witnessedPath, bytes)
      })
    },
  }
}
