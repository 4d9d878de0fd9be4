import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { LedgerError } from './ledger.errors.ts'
import type { NodeKeys } from './logs.ts'

/** The nodes that write logs, and the keys that check them. */
export function createNodesStore({ db }: Pick<Database, 'db'>) {
  return {
    /**
     * Makes a node known, or knows it again. An SM3 tree can be begun later; a key never changes under a log.
     *
     * @throws LedgerError `ledger-forked` where the node is known by another key
     */
    async register({ node, verifierKey, sm2VerifierKey }: NodeKeys): Promise<void> {
      const result = await sql`
        insert into ledger_log (node, verifier_key, sm2_verifier_key)
        values (${node}, ${verifierKey}, ${sm2VerifierKey})
        on conflict (node) do update
          set sm2_verifier_key = coalesce(ledger_log.sm2_verifier_key, excluded.sm2_verifier_key)
        where ledger_log.verifier_key = excluded.verifier_key
          and coalesce(ledger_log.sm2_verifier_key = excluded.sm2_verifier_key, true)`.execute(db)
      if (Number(result.numAffectedRows ?? 0n) !== 1)
        throw new LedgerError('ledger-forked', `the log of node "${node}" is signed by another key`)
    },

    async all(): Promise<NodeKeys[]> {
      const { rows } = await sql<{
        node: string
        verifier_key: string
        sm2_verifier_key: string | null
      }>`select node, verifier_key, sm2_verifier_key from ledger_log order by node`.execute(db)
      return rows.map((row) => ({
        node: row.node,
        verifierKey: row.verifier_key,
        sm2VerifierKey: row.sm2_verifier_key,
      }))
    },
  }
}
