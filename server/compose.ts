import { join } from 'node:path'
import type { Route } from '@tiaoli/contract/route'
import type { FastifyInstance } from 'fastify'
import { type Config, keptSecret } from './config.ts'
import { mountCases } from './doors/cases.routes.ts'
import { mountGateway } from './doors/gateway.routes.ts'
import { mountIdentity } from './doors/identity.routes.ts'
import { createKnownEntries, type KnownEntries } from './doors/known-entries.ts'
import { lakePort } from './doors/lake-port.ts'
import { mountLedger } from './doors/ledger.routes.ts'
import { mountPlatform } from './doors/platform.routes.ts'
import { mountRegister } from './doors/register.routes.ts'
import { mountRulebook } from './doors/rulebook.routes.ts'
import { serveWeb } from './doors/static-web.ts'
import {
  amendmentMigrations,
  noteVersion,
  requireAcknowledged,
  versionsOf,
} from './foundations/amendments/index.ts'
import { type Cases, caseMigrations, createCases } from './foundations/cases/index.ts'
import {
  actorOf,
  type Casework,
  caseworkMigrations,
  clockEventTitles,
  createCasework,
  overdueJob,
  remindJob,
  takesPart,
} from './foundations/casework/index.ts'
import { type Database, migrate, openDatabase } from './foundations/database/index.ts'
import { createGateway } from './foundations/gateway/index.ts'
import { createHttpServer, createMount } from './foundations/http/index.ts'
import {
  createIdentity,
  type ForeignUse,
  type Identity,
  identityMigrations,
} from './foundations/identity/index.ts'
import { createJobs, type Jobs, jobMigrations } from './foundations/jobs/index.ts'
import { createLake, type Lake, markOfFile } from './foundations/lake/index.ts'
import {
  createLedger,
  folderStorage,
  type Ledger,
  ledgerMigrations,
  openSigningKey,
} from './foundations/ledger/index.ts'
import { createNotices, type Notices, noticeMigrations } from './foundations/notices/index.ts'
import { addressGuard, secretSeal } from './foundations/outbound/index.ts'
import { Problem } from './foundations/problems/index.ts'
import { officialCalendar, procedureOf, type Rulebook } from './foundations/rulebook/index.ts'
import { createProcedures, roomServices } from './procedures.ts'
import {
  type Aggregation,
  aggregationMigrations,
  createAggregation,
  mountAggregation,
  presentSnapshot,
  qualityScore,
} from './rooms/aggregation/index.ts'
import { type Bases, baseMigrations, createBases, mountBases } from './rooms/bases/index.ts'
import {
  calendarJob,
  calendarMigrations,
  createCalendarYears,
  mountCalendar,
  yearOfSubject,
} from './rooms/calendar/index.ts'
import {
  type Catalogue,
  catalogueMigrations,
  cataloguingProcedure,
  createCatalogue,
  type Entry,
  mountCatalogue,
  nextLoadDue,
} from './rooms/catalogue/index.ts'
import { certificateMigrations, createCertificates, mountCertificates } from './rooms/certificates/index.ts'
import {
  type Collection,
  collectionMigrations,
  createCollection,
  mountCollection,
} from './rooms/collection/index.ts'
import {
  type Commitments,
  commitmentMigrations,
  createCommitments,
  mountCommitments,
} from './rooms/commitment/index.ts'
import {
  type Compilation,
  compilationMigrations,
  createCompilation,
  mountCompilation,
} from './rooms/compilation/index.ts'
import {
  type Connections,
  connectionMigrations,
  createConnections,
  mountConnections,
  systemCheckJob,
} from './rooms/connections/index.ts'
import { createDuties, type Duties, dutyJob, dutyMigrations, mountDuties } from './rooms/duties/index.ts'
import { mountMatching } from './rooms/matching/index.ts'
import { createOpening, mountOpening, type Opening, openingMigrations } from './rooms/opening/index.ts'
import { createProofs, mountProofs, proofMigrations } from './rooms/proofs/index.ts'
import {
  createPublication,
  mountPublication,
  type Publication,
  publicationMigrations,
} from './rooms/publication/index.ts'
import {
  createDeliveries,
  createSharing,
  type Deliveries,
  mountDeliveries,
  mountSharing,
  type Sharing,
  sharingMigrations,
} from './rooms/sharing/index.ts'
import { beatJob, createSystems, mountSystems, systemMigrations } from './rooms/systems/index.ts'
import { createTargets, mountTargets, targetMigrations } from './rooms/targets/index.ts'
import { createTasks, mountTasks, type Tasks, taskDueJob, taskMigrations } from './rooms/tasks/index.ts'

/** In this order: a room's tables may point to those of the rooms before it. */
export const migrationSources = [
  identityMigrations,
  jobMigrations,
  noticeMigrations,
  ledgerMigrations,
  amendmentMigrations,
  caseMigrations,
  caseworkMigrations,
  catalogueMigrations,
  aggregationMigrations,
  sharingMigrations,
  dutyMigrations,
  calendarMigrations,
  openingMigrations,
  commitmentMigrations,
  compilationMigrations,
  taskMigrations,
  connectionMigrations,
  publicationMigrations,
  collectionMigrations,
  baseMigrations,
  targetMigrations,
  systemMigrations,
  proofMigrations,
  certificateMigrations,
]

export type House = {
  readonly app: FastifyInstance
  /** Every route that is mounted, as the contract states it. */
  readonly mounted: readonly Route[]
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly catalogue: Catalogue
  readonly aggregation: Aggregation
  readonly cases: Cases
  readonly sharing: Sharing
  readonly commitments: Commitments
  readonly compilation: Compilation
  readonly tasks: Tasks
  readonly connections: Connections
  readonly publication: Publication
  readonly duties: Duties
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly lake: Lake
  /** Begins background work; until then nothing happens by itself. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Puts the house together: the only place where rooms meet. */
export async function compose(config: Config, rulebook: Rulebook): Promise<House> {
  const { clock, dataFolder } = config
  const now = () => clock.now()
  const database = await openDatabase(config.database)
  // Before anything is written: what was amended waits for an officer under the version that was in use.
  await requireAcknowledged(database, rulebook).catch(async (error) => {
    await database.close()
    throw error
  })
  await migrate(database, migrationSources)
  await noteVersion(database, rulebook, clock)

  const lake = await createLake({ folder: join(dataFolder, 'lake') })
  const ledger = createLedger({
    database,
    storage: folderStorage(join(dataFolder, 'ledger')),
    signingKey: await openSigningKey(join(dataFolder, 'ledger-key.pem')),
    origin: `${rulebook.id}.tiaoli.invalid/ledger`,
    clock,
  })
  const jobs = createJobs({
    database,
    clock,
    // Under `err` the log writes an error with its cause; under any other name it would write {}.
    onError: (kind, subject, err) => app.log.error({ kind, subject, err }),
  })
  const notices = createNotices({ database, clock })
  const identity = await createIdentity({
    database,
    clock,
    onForeignUse: (use) => foreignUse(use),
    secret: await keptSecret(dataFolder, 'session-secret'),
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

  const catalogue: Catalogue = createCatalogue({
    database,
    rulebook,
    cases: () => cases,
    casework: () => casework,
    identity,
    ledger,
    clock,
    watchers: () => [...compilation.watchers, ...collection.watchers, deliveries.watcher],
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
  })
  const deliveries: Deliveries = createDeliveries({
    database,
    rulebook,
    catalogue: () => catalogue,
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
  const targets = createTargets({ database, rulebook, ledger, clock })
  const proofs = createProofs({ database, rulebook, catalogue, ledger, clock })
  const systems = createSystems({ database, rulebook, identity, jobs, ledger, clock })
  jobs.handle(beatJob, () => systems.beat())
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
  const entryTitles = async (ids: readonly string[]) =>
    new Map((await catalogue.findAll(ids)).map((entry) => [entry.id, entry.content.title]))
  const casework: Casework = createCasework({
    database,
    rulebook,
    calendar,
    clock,
    identity,
    ledger,
    jobs,
    notices,
    entryTitles,
    pageOf: ({ id, procedure, entryId }) =>
      procedure === cataloguingProcedure ? `/entries/${entryId}` : `/desk/cases/${id}`,
    grantOfCase: sharing.grantOfCase,
  })

  const tasks = createTasks({
    database,
    rulebook,
    catalogue,
    aggregation: () => aggregation,
    cases: () => cases,
    identity,
    ledger,
    notices,
    jobs,
    clock,
  })
  const connections = createConnections({
    database,
    rulebook,
    catalogue,
    identity,
    ledger,
    notices,
    jobs,
    clock,
    onHeldAt: (entryId) => known.forget(entryId),
    guard: addressGuard(config.reachableRanges),
    seal: secretSeal(await keptSecret(dataFolder, 'connection-secret')),
  })
  jobs.handle(systemCheckJob, (systemId) => connections.check(systemId), connections.checkLater)
  jobs.handle(taskDueJob, (entryId) => tasks.onDue(entryId))
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
    organisationsWithRole: async (role) =>
      identity.organisationsWithRole(role).map((organisation) => organisation.id),
    isOrganisation: (id) => identity.organisation(id) !== undefined,
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
      deliveries.refusalOfFile(entry, await markOfFile(path), sha256),
  })
  const known: KnownEntries = createKnownEntries(catalogue, aggregation)
  const gateway = createGateway({
    ledger,
    lake: lakePort(lake, known, aggregation, connections.rowAtSource),
    facts: {
      entryFacts: catalogue.gatewayFacts,
      grantsOf: sharing.gatewayFacts,
      commitmentsOf: commitments.gatewayFacts,
    },
    use: rulebook.use,
    deliveries: deliveries.port,
    onRefused: deliveries.onRefused,
    commitment: commitments.rules,
    clock,
  })
  const certificates = createCertificates({ database, rulebook, catalogue, gateway, ledger, clock })
  const duties = createDuties({ database, rulebook, identity, ledger, notices, jobs, clock })
  jobs.handle(dutyJob, (subject) => duties.onDate(subject))
  jobs.handle(calendarJob, async (subject) => {
    await years.refresh(undefined, true)
    await cases.recompute(yearOfSubject(subject))
  })
  jobs.handle(overdueJob, async () => void (await cases.markOverdue(now())))
  jobs.handle(remindJob, async (subject) => {
    const view = await cases.get(casework.caseOfReminder(subject), null)
    if (view !== undefined) await casework.remind(view, subject)
  })

  const app = await createHttpServer({ maxUploadBytes: config.maxUploadBytes, logErrors: !config.testMode })
  const { mount, mounted } = createMount(app, identity.resolveSession)
  mountPlatform(mount, { catalogue, identity, rulebook })
  mountIdentity(mount, {
    identity,
    rulebook,
    ledger,
    notices,
    inboxSize: async (session) => {
      if (!takesPart(session)) return 0
      const inbox = await cases.list({ box: 'inbox', actor: actorOf(session), limit: 100 })
      return inbox.ok ? inbox.value.cases.length : 0
    },
    requireGrant: async (session, grantId) => {
      if (!sharing.holds(session, await sharing.requireGrant(session, grantId)))
        throw new Problem('not-found')
    },
    entryTitleOfGrant: async (grantId) => {
      const grant = await sharing.find(grantId)
      return grant ? ((await catalogue.find(grant.entryId))?.content.title ?? null) : null
    },
    registeredSystems: rulebook.use.registeredSystems,
    entryCounts: async () => (await catalogue.counts()).byProvider,
  })
  mountRulebook(mount, rulebook, procedures)
  mountRegister(mount, rulebook, { versions: () => versionsOf(database), userNames: identity.userNames })
  mountCatalogue(mount, { catalogue, cases, casework, identity, rulebook, now, extras })
  mountBases(mount, { bases, identity, rules: rulebook.rooms.bases, now })
  mountCollection(mount, { collection, catalogue, identity, rulebook })
  mountCompilation(mount, { compilation, catalogue, identity, rulebook, now })
  mountAggregation(mount, { aggregation, catalogue, now })
  mountTasks(mount, { tasks, identity })
  mountConnections(mount, { connections, catalogue, identity })
  mountGateway(mount, { gateway, known, proofs })
  mountProofs(mount, proofs, identity)
  mountCertificates(mount, certificates, { catalogue, identity })
  mountCases(mount, {
    procedures,
    catalogue,
    cases,
    casework,
    identity,
    rulebook,
    requirementsOf: sharing.requirementsOfCase,
  })
  mountTargets(mount, targets, identity)
  mountSystems(mount, { systems, catalogue, identity, rulebook })
  mountPublication(mount, { publication, catalogue, identity, rulebook })
  mountMatching(mount, { cases, catalogue, identity, rulebook, now })
  mountCommitments(mount, { commitments, catalogue, identity })
  mountSharing(mount, { sharing, catalogue, cases, gateway, identity, rulebook })
  mountDeliveries(mount, { deliveries, identity, lake, agreementOf: opening.agreements.ofGrant })
  mountOpening(mount, opening, { catalogue, sharing, cases, identity, rulebook, now })
  mountCalendar(mount, { years, calendar })
  mountDuties(mount, { duties, identity })
  mountLedger(mount, {
    ledger,
    identity,
    entryTitles,
    actTitle: (procedure, act) =>
      procedureOf(rulebook, procedure)?.acts.find(({ key }) => key === act)?.title ?? clockEventTitles[act],
  })
  await serveWeb(app)

  async function extras(entry: Entry) {
    const [snapshot, liveGrants] = await Promise.all([
      entry.live === null ? undefined : aggregation.snapshot(entry.live.snapshotId),
      sharing.liveGrants(entry.id),
    ])
    if (snapshot === undefined) return { snapshot: null, quality: null, liveGrants }
    const due = nextLoadDue(entry.content, snapshot.liveAt)
    const late = due === null ? null : due < now()
    const { completeness, validity, fields } = snapshot.quality
    return {
      snapshot: presentSnapshot(snapshot, true, late),
      quality: {
        score: qualityScore(snapshot.quality, late),
        completeness,
        validity,
        timeliness: late === null ? null : late ? 0 : 1,
        // Least and greatest are values of rows: they go out through the gateway or not at all.
        fields: fields.map(({ field, nulls, distinct }) => ({ field, nulls, distinct })),
      },
      liveGrants,
    }
  }

  const keyUse = setInterval(() => void identity.flushKeyUse().catch((error) => app.log.error(error)), 30_000)
  keyUse.unref()

  return {
    app,
    mounted,
    database,
    rulebook,
    identity,
    catalogue,
    aggregation,
    cases,
    sharing,
    commitments,
    compilation,
    tasks,
    connections,
    publication,
    duties,
    ledger,
    notices,
    jobs,
    lake,
    async start() {
      await aggregation.recover()
      await cases.markOverdue(now())
      ledger.start()
      await systems.beat()
      await jobs.start()
    },
    async close() {
      clearInterval(keyUse)
      await app.close()
      await jobs.stop()
      await ledger.stop()
      await identity.flushKeyUse()
      await lake.close()
      await database.close()
    },
  }
}
