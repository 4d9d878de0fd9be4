import { join } from 'node:path'
import type { Clock } from '@tiaoli/kernel/instants'
import { type Attestation, openAttestation } from './attestation.ts'
import { type Config, keptSecret } from './config.ts'
import { noteVersion, requireAcknowledged } from './foundations/amendments/index.ts'
import { type Database, migrate, openDatabase } from './foundations/database/index.ts'
import { createIdentity, type ForeignUse, type Identity, keyEndingJob } from './foundations/identity/index.ts'
import { createJobs, type Jobs } from './foundations/jobs/index.ts'
import { createLake, type Lake } from './foundations/lake/index.ts'
import { createNotices, type Notices } from './foundations/notices/index.ts'
import { type ObjectStore, openS3 } from './foundations/objects/index.ts'
import { addressGuard, type SecretSeal, secretSeal } from './foundations/outbound/index.ts'
import { type OfficialCalendar, officialCalendar, type Rulebook } from './foundations/rulebook/index.ts'
import { migrationSources } from './migrations.ts'
import { type CalendarYears, createCalendarYears } from './rooms/calendar/index.ts'
import { createMailer, createMessages, type Messages } from './rooms/messages/index.ts'
import { requireSameSecrets } from './shared-secrets.ts'
import { requireStorage } from './storage.config.ts'

/** What every room may stand on: opened before any of them, and closed after them. */
export type Ground = Attestation & {
  readonly rulebook: Rulebook
  readonly clock: Clock
  readonly database: Database
  readonly jobs: Jobs
  readonly notices: Notices
  readonly messages: Messages
  readonly identity: Identity
  readonly lake: Lake
  /** Where all nodes keep files, if not each in its data folder. */
  readonly objects: ObjectStore | undefined
  readonly calendar: OfficialCalendar
  readonly years: CalendarYears
}

/** What the ground tells those above it, who stand only later. */
export type Above = {
  /** Writes what went wrong in the background to the log of the server. */
  log(what: object): void
  onForeignUse(use: ForeignUse): Promise<void>
}

/** Opens the stores under the settings, and brings them up to the code and the rulebook. */
export async function openGround(config: Config, rulebook: Rulebook, above: Above): Promise<Ground> {
  const { clock, dataFolder } = config
  const objects = await openObjects(config)
  const database = await openDatabase(config.database)
  // Before anything is written: what was amended waits for an officer under the version that was in use.
  await requireAcknowledged(database, rulebook).catch(async (error) => {
    await database.close()
    throw error
  })
  await migrate(database, migrationSources)
  await noteVersion(database, rulebook, clock)

  const lake = await openLake(config, objects)
  const attestation = await openAttestation({
    settings: config.ledger,
    name: config.ledger.name ?? `${rulebook.id}.tiaoli.invalid`,
    dataFolder,
    objects,
    database,
    clock,
    onFailure: (unanswered, err) => above.log({ witness: unanswered, err }),
  })
  const { ledger } = attestation
  const jobs = createJobs({
    database,
    clock,
    // Under `err` the log writes an error with its cause; under any other name it would write {}.
    onError: (kind, subject, err) => above.log({ kind, subject, err }),
  })
  const messages: Messages = createMessages({
    database,
    notices: () => notices,
    jobs,
    ledger,
    clock,
    seal: await keptSeal(dataFolder, 'message-secret'),
    // What was opened for registered systems is not opened for whoever registers a webhook.
    guard: addressGuard(config.messageRanges),
    mailer: config.mail && createMailer(config.mail),
    publicUrl: config.publicUrl,
    city: rulebook.city,
  })
  const notices: Notices = createNotices({ database, clock, onSent: messages.onSent })
  const identity = await createIdentity({
    database,
    clock,
    ledger,
    notices,
    onForeignUse: above.onForeignUse,
    warnOfKey: (tx, keyId, at) => jobs.file(tx, keyEndingJob, keyId, at),
    secret: await keptSecret(dataFolder, 'session-secret'),
    seal: await keptSeal(dataFolder, 'second-factor-secret'),
    issuer: `条理 ${rulebook.city.zh}`,
    baseUrl: `http://${config.host}:${config.port}`,
  })
  const calendar = officialCalendar()
  const years = createCalendarYears({ database, calendar, ledger, jobs, clock })
  await years.refresh(undefined)
  return {
    ...attestation,
    ...{ rulebook, clock, database, jobs, notices, messages, identity, lake, objects, calendar, years },
  }
}

/** Seals what is kept encrypted under a secret of the data folder. */
export const keptSeal = async (dataFolder: string, name: string): Promise<SecretSeal> =>
  secretSeal(await keptSecret(dataFolder, name))

async function openObjects({ storage, dataFolder }: Config): Promise<ObjectStore | undefined> {
  if (storage === undefined) return undefined
  const objects = openS3(storage.s3)
  await requireStorage(objects)
  await requireSameSecrets(objects, dataFolder)
  return objects
}

const openLake = (
  { dataFolder, engine, storage, ledger }: Config,
  objects: ObjectStore | undefined,
): Promise<Lake> =>
  createLake({
    folder: join(dataFolder, 'lake'),
    ...(engine && { engine }),
    ...(storage &&
      objects && { objects: { store: objects, cacheBytes: storage.cacheBytes, node: ledger.node } }),
  })
