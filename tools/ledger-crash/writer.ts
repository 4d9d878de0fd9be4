import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLedgerIn } from './open-ledger.ts'

/** Appends, acts and sequences until it is killed; says the id of each record only once it was acknowledged. */
const { database, ledger } = await openLedgerIn(process.argv[2]!)
const acknowledged = (id: string) => writeSync(1, `${id}\n`)
const writers = 6

async function appendForEver(): Promise<void> {
  for (;;) {
    acknowledged((await ledger.append({ kind: 'access.rows', payload: { rows: 1 } })).id)
    await sleep(2)
  }
}

async function actForEver(): Promise<void> {
  for (;;) {
    const ref = await database.inTransaction((tx) => ledger.record(tx, { kind: 'case.act' }))
    acknowledged(ref.id)
    await sleep(20)
  }
}

async function sequenceForEver(): Promise<void> {
  for (;;) {
    await ledger.sequence()
    await sleep(5)
  }
}

await Promise.all([actForEver(), sequenceForEver(), ...Array.from({ length: writers }, appendForEver)])
