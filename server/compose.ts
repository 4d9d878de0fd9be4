import { join } from 'node:path'
import type { Route } from '@tiaoli/contract/route'
import type { FastifyInstance } from 'fastify'
import { attestationJobs, openAttestation } from './attestation.ts'
import { handleJobs } from './background.ts'
import { type Config, keptSecret } from './config.ts'
import { createCaseActs } from './doors/case-acts.ts'
import { mayFrame } from './doors/embedding.ts'
import { createKnownEntries, type KnownEntries } from './doors/known-entries.ts'
import { lakePort } from './doors/lake-port.ts'
import { serveWeb } from './doors/static-web.ts'
import { noteVersion, requireAcknowledged } from './foundations/amendments/index.ts'
import { type Cases, createCases } from './foundations/cases/index.ts'
import { type Casework, createCasework } from './foundations/casework/index.ts'
import { migrate, openDatabase } from './foundations/database/index.ts'
import {
  createAllowance,
  createAnswersMemory,
  createFactsKeeper,
  createGateway,
  createGrantMeter,
  createGroupGuard,
  type Gateway,
  usualLimits,
} from './foundations/gateway/index.ts'
import { createHttpServer, createMount } from './foundations/http/index.ts'
import {
  createIdentity,
  type ForeignUse,
  holdersTowards,
  keyEndingJob,
} from './foundations/identity/index.ts'
import { createJobs } from './foundations/jobs/index.ts'
import { createLake } from './foundations/lake/index.ts'
import { createNotices, type Notices } from './foundations/notices/index.ts'
import { openS3 } from './foundations/objects/index.ts'
import { addressGuard, secretSeal } from './foundations/outbound/index.ts'
import { officialCalendar, type Rulebook } from './foundations/rulebook/index.ts'
import { migrationSources } from './migrations.ts'
import type { Parts } from './parts.ts'
import { createProcedures, roomServices } from './procedures.ts'
import { createAggregation, createUploads, createVersions } from './rooms/aggregation/index.ts'
import { type Bases, createBases } from './rooms/bases/index.ts'
import { createBulkEdits } from './rooms/bulk-edits/index.ts'
import { createCalendarYears } from './rooms/calendar/index.ts'
import { createCasefiles } from './rooms/casefiles/index.ts'
import {
  type Catalogue,
  cataloguingProcedure,
  createCatalogue,
  createSectors,
} from './rooms/catalogue/index.ts'
import { createCertificates } from './rooms/certificates/index.ts'
import { type Collection, createCollection } from './rooms/collection/index.ts'
import { createCommitments } from './rooms/commitment/index.ts'
import { type Compilation, createCompilation } from './rooms/compilation/index.ts'
import { createConnections } from './rooms/connections/index.ts'
import { createDesk, type Desk } from './rooms/desk/index.ts'
import { createDuties } from './rooms/duties/index.ts'
import { createExplanations } from './rooms/explanations/index.ts'
import { createExports } from './rooms/exports/index.ts'
import { createFigures } from './rooms/figures/index.ts'
import { createHarvesting } from './rooms/harvesting/index.ts'
import { findHeadIn } from './rooms/interfaces/index.ts'
import { createMailer, createMessages, type Messages } from './rooms/messages/index.ts'
import { createOpening, type Opening } from './rooms/opening/index.ts'
import { createProcessing } from './rooms/processing/index.ts'
import { createProofs } from './rooms/proofs/index.ts'
import { createPublication } from './rooms/publication/index.ts'
import { createPulls } from './rooms/pulls/index.ts'
import {
  createContests,
  createRegistration,
  demoRealName,
  formOnly,
  realNameService,
} from './rooms/registration/index.ts'
import {
  createDeliveries,
  createGrantLife,
  createSharing,
  createVendors,
  type Deliveries,
  type GrantLife,
  type Sharing,
} from './rooms/sharing/index.ts'
import { createSignOn } from './rooms/sign-on/index.ts'
import { createStreams } from './rooms/streams/index.ts'
import { createSubjects } from './rooms/subjects/index.ts'
import { createSubscriptions, type Subscriptions } from './rooms/subscriptions/index.ts'
import { createSuccession } from './rooms/succession/index.ts'
import { createSystems } from './rooms/systems/index.ts'
import { createTargets } from './rooms/targets/index.ts'
import { createTasks } from './rooms/tasks/index.ts'
import { createVocabulary } from './rooms/vocabulary/index.ts'
import { mountRoutes } from './routes.ts'
import { requireSameSecrets } from './shared-secrets.ts'
import { requireStorage } from './storage.config.ts'

export type House = Parts & {
  readonly app: FastifyInstance
  /** Every route that is mounted, as the contract states it. */
  readonly mounted: readonly Route[]
  /** Begins background work; until then nothing happens by itself. */
  start(): Promise<void>
  close(): Promise<void>
}

/** What one node destroys leaves the disks of the others within so long. */
const catchUpEveryMs = 5 * 60_000

/** Puts the house together: the only place where rooms meet. */
export async function compose(config: Config, rulebook: Rulebook): Promise<House> {
  const { clock, dataFolder, storage } = config
  const now = () => clock.now()
  const objects = storage && openS3(storage.s3)
  if (objects !== undefined) {
    await requireStorage(objects)
    await requireSameSecrets(objects, dataFolder)
  }
  const database = await openDatabase(config.database)
  // Before anything is written: what was amended waits for an officer under the version that was in use.
  await requireAcknowledged(database, rulebook).catch(async (error) => {
    await database.close()
    throw error
  })
  await migrate(database, migrationSources)
  await noteVersion(database, rulebook, clock)

  const lake = await createLake({
    folder: join(dataFolder, 'lake'),
    ...(config.engine && { engine: config.engine }),
    ...(storage &&
      objects && { objects: { store: objects, cacheBytes: storage.cacheBytes, node: config.ledger.node } }),
  })
  const { ledger, erasures, dailyIndex, witness, cosigning } = await openAttestation({
    settings: config.ledger,
    name: config.ledger.name ?? `${rulebook.id}.tiaoli.invalid`,
    dataFolder,
    objects,
    database,
    clock,
    onFailure: (unanswered, err) => app.log.error({ witness: unanswered, err }),
  })
  const jobs = createJobs({
    database,
    clock,
    // Under `err` the log writes an error with its cause; under any other name it would write {}.
    onError: (kind, subject, err) => app.log.error({ kind, subject, err }),
  })
  const messages: Messages = createMessages({
    database,
    notices: () => notices,
    jobs,
    ledger,
    clock,
    seal: secretSeal(await keptSecret(dataFolder, 'message-secret')),
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
    onForeignUse: (use) => foreignUse(use),
    warnOfKey: (tx, keyId, at) => jobs.file(tx, keyEndingJob, keyId, at),
    secret: await keptSecret(dataFolder, 'session-secret'),
    seal: secretSeal(await keptSecret(dataFolder, 'second-factor-secret')),
    issuer: `条理 ${rulebook.city.zh}`,
    baseUrl: `http://${config.host}:${config.port}`,
  })
  /** A key that is bound to no grant opens no data in particular: there is nobody to be told. */
  async function foreignUse(use: ForeignUse): Promise<void> {
    const grant = use.grantId === null ? undefined : await sharing.find(use.grantId)
    if (grant !== undefined) await deliveries.onForeignUse(grant.entryId, use)
  }
  const calendar = officialCalendar()
  const years = createCalendarYears({ database, calendar, ledger, jobs, clock })
  await years.refresh(undefined)

  const vocabulary = createVocabulary({ database, rulebook, ledger, jobs, clock })
  const catalogue: Catalogue = createCatalogue({
    database,
    rulebook,
    cases: () => cases,
    casework: () => casework,
    identity,
    ledger,
    vocabulary,
    clock,
    watchers: () => [
      ...compilation.watchers,
      ...collection.watchers,
      deliveries.watcher,
      opening.widening.watcher,
      subscriptions.watcher,
    ],
  })
  const sharing: Sharing = createSharing({
    database,
    rulebook,
    catalogue,
    identity,
    ledger,
    notices,
    clock,
    onRevoked: (tx, grant, revocation) => opening.onRevoked(tx, grant, revocation),
    onGiven: (tx, grant, procedure) => grantLife.onGiven(tx, grant, procedure),
  })
  const grantLife: GrantLife = createGrantLife({
    database,
    rulebook,
    catalogue,
    cases: () => cases,
    sharing,
    identity,
    ledger,
    notices,
    jobs,
    clock,
  })
  const vendors = createVendors({ database, rulebook, sharing, identity, ledger, notices, clock })
  const deliveries: Deliveries = createDeliveries({
    database,
    rulebook,
    catalogue: () => catalogue,
    gateway: () => gateway,
    lake,
    identity,
    ledger,
    notices,
    clock,
  })
  const opening: Opening = createOpening({
    database,
    rulebook,
    catalogue,
    sharing,
    identity,
    ledger,
    notices,
    jobs,
    clock,
    cases: () => cases,
  })
  const signOn = createSignOn({
    database,
    identity,
    clock,
    seal: secretSeal(await keptSecret(dataFolder, 'sign-on-secret')),
    guard: addressGuard(config.signOnRanges),
    returnAddress: `${config.publicUrl}/sign-in/return`,
    withoutTls: config.testMode,
  })
  const { realName } = config
  const unasked = config.demo && !config.testMode ? demoRealName : formOnly
  const registrationSecret = await keptSecret(dataFolder, 'registration-secret')
  const registration = createRegistration({
    database,
    rulebook,
    identity,
    ledger,
    realName: realName === undefined ? unasked : realNameService(realName.url, realName.token),
    secret: registrationSecret,
    clock,
  })
  const contests = createContests({ database, identity, ledger, notices, registration, clock })
  const subjects = createSubjects({
    database,
    rulebook,
    ledger,
    verifiedDigest: registration.verifiedDigest,
    secret: registrationSecret,
  })
  const targets = createTargets({ database, rulebook, ledger, clock })
  const proofs = createProofs({ database, rulebook, catalogue, ledger, clock })
  const systems = createSystems({ database, rulebook, identity, jobs, ledger, clock })
  const explanations = createExplanations({ database, rulebook, catalogue, identity, ledger, clock })
  const publication = createPublication({ database, rulebook, catalogue, identity, ledger, clock })
  const commitments = createCommitments({
    database,
    rulebook,
    catalogue,
    sharing,
    identity,
    ledger,
    notices,
    clock,
  })
  const collection: Collection = createCollection({
    database,
    catalogue,
    cases: () => cases,
    identity,
    ledger,
    notices,
    rulebook,
    clock,
  })
  const bases: Bases = createBases({
    database,
    catalogue,
    identity,
    ledger,
    lake,
    gateway: () => gateway,
    rules: rulebook.rooms.bases,
    clock,
  })
  const compilation: Compilation = createCompilation({
    database,
    catalogue,
    cases: () => cases,
    identity,
    jobs,
    ledger,
    notices,
    rulebook,
    clock,
    subscribersOf: sharing.holdersOf,
  })
  const actOnCase = createCaseActs({
    procedures: () => procedures,
    cases: () => cases,
    casework: () => casework,
    identity,
  })
  const desk: Desk = createDesk({
    database,
    rulebook,
    identity,
    ledger,
    notices,
    clock,
    actOnOne: actOnCase,
  })
  const casework: Casework = createCasework({
    database,
    rulebook,
    calendar,
    clock,
    identity,
    ledger,
    jobs,
    notices,
    entryTitles: catalogue.titlesOf,
    pageOf: ({ id, procedure, entryId }) =>
      procedure === cataloguingProcedure ? `/entries/${entryId}` : `/desk/cases/${id}`,
    standInsOf: desk.handOvers.standInsOf,
    grantOfCase: sharing.grantOfCase,
  })

  const sectors = createSectors({ database, rulebook, identity, ledger, clock })
  const tasks = createTasks({
    database,
    rulebook,
    catalogue,
    sectors,
    aggregation: () => aggregation,
    cases: () => cases,
    identity,
    ledger,
    notices,
    jobs,
    clock,
  })
  const reachable = addressGuard(config.reachableRanges)
  const connectionSeal = secretSeal(await keptSecret(dataFolder, 'connection-secret'))
  const connections = createConnections({
    database,
    rulebook,
    catalogue,
    identity,
    ledger,
    notices,
    jobs,
    clock,
    aggregation: () => aggregation,
    onMeasured: tasks.onMeasured,
    onHeldAt: (entryId) => known.forget(entryId),
    guard: reachable,
    seal: connectionSeal,
  })
  const harvesting = createHarvesting({
    database,
    catalogue,
    identity,
    ledger,
    notices,
    jobs,
    clock,
    guard: addressGuard(config.harvestRanges),
  })
  const subscriptions: Subscriptions = createSubscriptions({
    ...{ database, rulebook, catalogue: () => catalogue, identity },
    ...{ ledger, notices, jobs, clock },
  })
  /** What each caller may take of one kind of thing; nothing is limited where the factor is 0. */
  const allowance = () =>
    config.limitFactor === 0
      ? undefined
      : createAllowance({ ...usualLimits(config.limitFactor), now: Date.now })
  const bulkEdits = createBulkEdits({ database, rulebook, catalogue, ledger, clock })
  const procedures = createProcedures(
    rulebook,
    roomServices({ catalogue, publication, sharing, opening, tasks }),
  )
  const cases: Cases = createCases({
    database,
    rulebook,
    calendar,
    readCalendar: years.refresh,
    clock,
    // Record and notices for all, then what the room brings about.
    onAct: async (happened) => {
      await casework.onAct(happened)
      await procedures.onAct(happened)
    },
    onOpened: async (happened) => {
      await casework.onOpened(happened)
      for (const each of happened) await procedures.onAct(each)
    },
    organisationsWithRole: async (role, _tx, concerned) =>
      holdersTowards(
        rulebook,
        identity.organisations(),
        role,
        concerned.flatMap((id) => identity.organisation(id) ?? []),
      ).map(({ id }) => id),
    isOrganisation: (id) => {
      const organisation = identity.organisation(id)
      return organisation !== undefined && organisation.dissolvedAt == null
    },
    entryFacts: catalogue.caseFacts,
    localTargets: targets.ofProcedure,
  })
  const aggregation = createAggregation({
    database,
    lake,
    catalogue,
    jobs,
    ledger,
    notices,
    clock,
    maxUploadBytes: config.maxUploadBytes,
    beforeLive: tasks.beforeLive,
    requireAggregable: collection.requireAggregable,
    onLive: (entryId) => known.forget(entryId),
    refusalOfStaged: async (entry, { path, sha256 }) =>
      deliveries.refusalOfFile(entry, await lake.evidence({ path }, { atAGlance: true }), sha256),
  })
  const versions = createVersions({
    database,
    lake,
    catalogue,
    jobs,
    ledger,
    clock,
    onLive: (entryId) => known.forget(entryId),
    requireOwnEntry: aggregation.requireOwnEntry,
  })
  const uploads = createUploads({
    database,
    aggregation,
    jobs,
    clock,
    folder: join(dataFolder, 'uploads'),
    objects,
    maxUploadBytes: config.maxUploadBytes,
  })
  const waysIn = {
    database,
    aggregation,
    catalogue,
    identity,
    ledger,
    notices,
    jobs,
    clock,
    guard: reachable,
    seal: connectionSeal,
  }
  const pulls = createPulls(waysIn)
  const streams = createStreams({ ...waysIn, onError: (err) => app.log.error({ streams: true, err }) })
  const processing = createProcessing({
    database,
    rulebook,
    catalogue,
    aggregation,
    identity,
    lake,
    ledger,
    notices,
    clock,
  })
  const known: KnownEntries = createKnownEntries(catalogue, aggregation)
  const keeper = createFactsKeeper(database, {
    law: `${rulebook.id} ${rulebook.version}`,
    use: rulebook.use,
    commitment: commitments.rules,
  })
  const gateway: Gateway = createGateway({
    ledger,
    keeper,
    lake: lakePort(lake, known, aggregation, connections.rowAtSource),
    pseudonymSecret: await keptSecret(dataFolder, 'pseudonym-secret'),
    facts: {
      entryFacts: catalogue.gatewayFacts,
      grantsOf: sharing.gatewayFacts,
      commitmentsOf: commitments.gatewayFacts,
    },
    use: rulebook.use,
    groups: createGroupGuard(createAnswersMemory(database, clock), {
      rows: rulebook.use.smallestGroup?.rows ?? config.smallestGroup,
      article: rulebook.use.smallestGroup?.article,
    }),
    allowance: allowance(),
    meter: createGrantMeter(database, clock),
    deliveries: deliveries.port,
    subjects: subjects.port,
    onRefused: deliveries.onRefused,
    commitment: commitments.rules,
    clock,
  })
  const succession = createSuccession({
    database,
    identity,
    ledger,
    notices,
    cases: () => cases,
    entries: catalogue.succeed,
    systems: connections.succeed,
    grants: sharing.succeed,
    agreements: opening.agreements.succeedProvider,
    agreementsInForce: opening.agreements.countInForceOf,
  })
  const certificates = createCertificates({ database, rulebook, catalogue, gateway, identity, ledger, clock })
  const casefiles = createCasefiles({ database, cases, casework, identity, ledger, notices, clock })
  const figures = createFigures({ database, rulebook, cases, catalogue, sharing, identity, ledger, clock })
  const exports = createExports({ database, catalogue, gateway, lake, ledger, notices, jobs, clock })
  const duties = createDuties({ database, rulebook, identity, ledger, notices, jobs, clock })
  const parts: Parts = {
    actOnCase,
    aggregation,
    bases,
    calendar,
    casefiles,
    cases,
    casework,
    catalogue,
    certificates,
    clock,
    collection,
    commitments,
    compilation,
    connections,
    cosigning,
    dailyIndex,
    database,
    deliveries,
    desk,
    duties,
    erasures,
    explanations,
    exports,
    figures,
    gateway,
    grantLife,
    harvesting,
    bulkEdits,
    subscriptions,
    suggestions: allowance(),
    identity,
    jobs,
    keeper,
    known,
    lake,
    ledger,
    messages,
    notices,
    opening,
    procedures,
    processing,
    proofs,
    publication,
    mapTiles: config.mapTiles,
    publicUrl: config.publicUrl,
    rulebook,
    sectors,
    sharing,
    signOn,
    subjects,
    succession,
    systems,
    contests,
    registration,
    targets,
    tasks,
    pulls,
    streams,
    uploads,
    vendors,
    versions,
    vocabulary,
    witness,
    years,
  }
  // Entries from before there was an index are read once, before anybody searches.
  await catalogue.indexBehind(undefined, 1)
  handleJobs(parts)
  const app = await createHttpServer({ maxUploadBytes: config.maxUploadBytes, logErrors: !config.testMode })
  const { mount, mounted } = createMount(app, async (request) =>
    desk.handOvers.withStandIns(await identity.resolveSession(request)),
  )
  mountRoutes(mount, parts)
  await serveWeb(app, {
    findHead: findHeadIn({ catalogue, gateway, identity, rulebook, publicUrl: config.publicUrl }),
    mapTiles: config.mapTiles,
    mayFrame: mayFrame(gateway),
  })

  const keyUse = setInterval(
    () => void identity.keys.flushUse().catch((error) => app.log.error(error)),
    30_000,
  )
  keyUse.unref()
  const catchingUp = setInterval(
    () => void lake.catchUp().catch((error) => app.log.error(error)),
    catchUpEveryMs,
  )
  catchingUp.unref()

  return {
    ...parts,
    app,
    mounted,
    async start() {
      await aggregation.recover()
      await cases.countOlder()
      await cases.markOverdue(now())
      // Keys that do not fit the log stop the start: what cannot be signed must not be answered.
      await ledger.open()
      await parts.dailyIndex.latest()
      ledger.start()
      await systems.beat()
      await attestationJobs(parts, parts).begin()
      await jobs.start()
      streams.start()
    },
    async close() {
      clearInterval(keyUse)
      clearInterval(catchingUp)
      await app.close()
      await streams.stop()
      await jobs.stop()
      await ledger.stop()
      await identity.keys.flushUse()
      await lake.close()
      await database.close()
    },
  }
}
