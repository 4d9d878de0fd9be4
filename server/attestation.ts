import { join } from 'node:path'
import { type Clock, civilDateOf, endOfCivilDate } from '@tiaoli/kernel/instants'
import type { Database } from './foundations/database/index.ts'
import type { Jobs } from './foundations/jobs/index.ts'
import {
  cosignatureVerifier,
  cosigner,
  createDailyIndex,
  createErasures,
  createLedger,
  type DailyIndex,
  type Erasures,
  folderStorage,
  type Ledger,
  noteSigner,
  noteVerifier,
  objectStorage,
  openSigningKey,
  sm2KeyOf,
  sm2NoteSigner,
} from './foundations/ledger/index.ts'
import type { ObjectStore } from './foundations/objects/index.ts'
import { type Cosigning, createCosigning, createWitness, type Witness } from './foundations/witness/index.ts'
import type { LedgerSettings } from './ledger.config.ts'

/** The ledger, and what vouches for it outside: the daily index, witnesses, and our part as a witness for others. */
export type Attestation = {
  readonly ledger: Ledger
  readonly erasures: Erasures
  readonly dailyIndex: DailyIndex
  readonly witness: Witness
  readonly cosigning: Cosigning
}

export type AttestationParts = {
  readonly settings: LedgerSettings
  readonly dataFolder: string
  /** Where the files of the logs lie that all nodes read; the data folder where absent. */
  readonly objects: ObjectStore | undefined
  readonly database: Database
  readonly clock: Clock
  readonly onFailure: (what: string, cause: unknown) => void
}

/** Opens keys and logs under the data folder. Named nodes have keys of their own; index and witness have one each. */
export async function openAttestation(
  parts: AttestationParts & { readonly name: string },
): Promise<Attestation> {
  const { settings, dataFolder, database, clock, onFailure } = parts
  const { node } = settings
  const origin = `${parts.name}/ledger`
  const storage = parts.objects ? objectStorage(parts.objects) : folderStorage(join(dataFolder, 'ledger'))
  const ofNode = node === '' ? '' : `-${node}`
  const key = (name: string, kind: 'ed25519' | 'sm2' = 'ed25519') =>
    openSigningKey(join(dataFolder, `${name}.pem`), kind)
  const sm2Key = async (name: string) => (settings.sm2 ? sm2KeyOf(await key(name, 'sm2')) : undefined)

  const ledger = createLedger({
    database,
    storage,
    origin,
    node,
    signingKey: await key(`ledger-key${ofNode}`),
    sm2Key: await sm2Key(`ledger-sm2-key${ofNode}`),
    clock,
  })
  const indexName = `${origin}/index`
  const indexSm2Key = await sm2Key('index-sm2-key')
  const dailyIndex = createDailyIndex({
    database,
    storage,
    ledger,
    clock,
    onFailure,
    signers: [
      noteSigner(indexName, await key('index-key')),
      ...(indexSm2Key ? [sm2NoteSigner(indexName, indexSm2Key)] : []),
    ],
  })
  const witness = createWitness({
    database,
    ledger,
    clock,
    cosigner: cosigner(`${parts.name}/witness`, await key('witness-key')),
    logs: settings.witnessed.map((text) => keyOf('TIAOLI_WITNESSED_LOGS', () => noteVerifier(text))),
  })
  const cosigning = createCosigning({
    ledger,
    clock,
    witnesses: settings.witnesses.map(({ verifierKey, url }) => ({
      verifier: keyOf('TIAOLI_WITNESSES', () => cosignatureVerifier(verifierKey)),
      url,
    })),
    onFailure,
  })
  return { ledger, erasures: createErasures({ database, ledger, clock }), dailyIndex, witness, cosigning }
}

/** @throws Error with the name of the variable that holds the key */
function keyOf<Key>(variable: string, read: () => Key): Key {
  try {
    return read()
  } catch (cause) {
    throw new Error(`${variable}: ${(cause as Error).message}`, { cause })
  }
}

/** Jobs of which each does its work and files the next: the index soon after midnight, witnesses every few minutes. */
export const indexJob = 'ledger.index'
export const cosignJob = 'ledger.cosign'
const indexAfterMidnightMs = 10 * 60_000
const indexAgainMs = 10 * 60_000
const cosignEveryMs = 5 * 60_000

export function attestationJobs(
  { dailyIndex, cosigning }: Pick<Attestation, 'dailyIndex' | 'cosigning'>,
  { database, jobs, clock }: { readonly database: Database; readonly jobs: Jobs; readonly clock: Clock },
) {
  const fileAt = (kind: string, due: Date) => jobs.file(database.db, kind, 'all', due)
  return {
    /** Filed before the work is done: a day that fails must not end the days after it, and is tried again itself. */
    async index(): Promise<void> {
      await fileAt(indexJob, new Date(+endOfCivilDate(civilDateOf(clock.now())) + indexAfterMidnightMs))
      try {
        await dailyIndex.publish()
      } catch (error) {
        await fileAt(indexJob, new Date(+clock.now() + indexAgainMs))
        throw error
      }
    },
    async cosign(): Promise<void> {
      await fileAt(cosignJob, new Date(+clock.now() + cosignEveryMs))
      await cosigning.round()
    },
    async begin(): Promise<void> {
      await fileAt(indexJob, clock.now())
      if (cosigning.asks) await fileAt(cosignJob, clock.now())
    },
  }
}
