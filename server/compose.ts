import { join } from 'node:path'
import { type Config, keptSecret } from './config.ts'
import { createCaseActs } from './doors/case-acts.ts'
import { createKnownEntries, type KnownEntries } from './doors/known-entries.ts'
import { lakePort } from './doors/lake-port.ts'
import { type Cases, createCases } from './foundations/cases/index.ts'
import { type Casework, createCasework } from './foundations/casework/index.ts'
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
import { holdersTowards } from './foundations/identity/index.ts'
import { addressGuard } from './foundations/outbound/index.ts'
import type { Rulebook } from './foundations/rulebook/index.ts'
import { keptSeal, openGround } from './ground.ts'
import { type House, openHouse } from './house.ts'
import type { Parts } from './parts.ts'
import { createProcedures, roomServices } from './procedures.ts'
import { createAggregation, createUploads, createVersions } from './rooms/aggregation/index.ts'
import { type Bases, createBases } from './rooms/bases/index.ts'
import { createBulkEdits } from './rooms/bulk-edits/index.ts'
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

/** Puts the house together: the only place where rooms meet. */
export async function compose(config: Config, rulebook: Rulebook): Promise<House> {
  const { dataFolder } = config
  const log = (what: object): void => house.app.log.error(what)
  const ground = await openGround(config, rulebook, {
    log,
    // A key that is bound to no grant opens no data in particular: there is nobody to be told.
    onForeignUse: async (use) => {
      const grant = use.grantId === null ? undefined : await sharing.find(use.grantId)
      if (grant !== undefined) await deliveries.onForeignUse(grant.entryId, use)
    },
  })
  const { database, identity, lake, years, clock } = ground

  const vocabulary = createVocabulary(ground)
  const catalogue: Catalogue = createCatalogue({
    ...ground,
    cases: () => cases,
    casework: () => casework,
    vocabulary,
    watchers: () => [
      ...compilation.watchers,
      ...collection.watchers,
      deliveries.watcher,
      opening.widening.watcher,
      subscriptions.watcher,
    ],
  })
  const sharing: Sharing = createSharing({
    ...ground,
    catalogue,
    onRevoked: (tx, grant, revocation) => opening.onRevoked(tx, grant, revocation),
    onGiven: (tx, grant, procedure) => grantLife.onGiven(tx, grant, procedure),
  })
  const grantLife: GrantLife = createGrantLife({ ...ground, catalogue, cases: () => cases, sharing })
  const vendors = createVendors({ ...ground, sharing })
  const deliveries: Deliveries = createDeliveries({
    ...ground,
    catalogue: () => catalogue,
    gateway: () => gateway,
  })
  const opening: Opening = createOpening({ ...ground, catalogue, sharing, cases: () => cases })
  const signOn = createSignOn({
    ...ground,
    seal: await keptSeal(dataFolder, 'sign-on-secret'),
    guard: addressGuard(config.signOnRanges),
    returnAddress: `${config.publicUrl}/sign-in/return`,
    withoutTls: config.testMode,
  })
  const { realName } = config
  const unasked = config.demo && !config.testMode ? demoRealName : formOnly
  const registrationSecret = await keptSecret(dataFolder, 'registration-secret')
  const registration = createRegistration({
    ...ground,
    realName: realName === undefined ? unasked : realNameService(realName.url, realName.token),
    secret: registrationSecret,
  })
  const contests = createContests({ ...ground, registration })
  const subjects = createSubjects({
    ...ground,
    verifiedDigest: registration.verifiedDigest,
    secret: registrationSecret,
  })
  const targets = createTargets(ground)
  const proofs = createProofs({ ...ground, catalogue })
  const systems = createSystems(ground)
  const explanations = createExplanations({ ...ground, catalogue })
  const publication = createPublication({ ...ground, catalogue })
  const commitments = createCommitments({ ...ground, catalogue, sharing })
  const collection: Collection = createCollection({ ...ground, catalogue, cases: () => cases })
  const bases: Bases = createBases({
    ...ground,
    catalogue,
    gateway: () => gateway,
    rules: rulebook.rooms.bases,
  })
  const compilation: Compilation = createCompilation({
    ...ground,
    catalogue,
    cases: () => cases,
    subscribersOf: sharing.holdersOf,
  })
  const actOnCase = createCaseActs({
    procedures: () => procedures,
    cases: () => cases,
    casework: () => casework,
    identity,
  })
  const desk: Desk = createDesk({ ...ground, actOnOne: actOnCase })
  const casework: Casework = createCasework({
    ...ground,
    entryTitles: catalogue.titlesOf,
    pageOf: ({ id, procedure, entryId }) =>
      procedure === cataloguingProcedure ? `/entries/${entryId}` : `/desk/cases/${id}`,
    standInsOf: desk.handOvers.standInsOf,
    grantOfCase: sharing.grantOfCase,
  })

  const sectors = createSectors(ground)
  const tasks = createTasks({
    ...ground,
    catalogue,
    sectors,
    aggregation: () => aggregation,
    cases: () => cases,
  })
  const reachable = addressGuard(config.reachableRanges)
  const connectionSeal = await keptSeal(dataFolder, 'connection-secret')
  const connections = createConnections({
    ...ground,
    catalogue,
    aggregation: () => aggregation,
    onMeasured: tasks.onMeasured,
    onHeldAt: (entryId) => known.forget(entryId),
    guard: reachable,
    seal: connectionSeal,
  })
  const harvesting = createHarvesting({ ...ground, catalogue, guard: addressGuard(config.harvestRanges) })
  const subscriptions: Subscriptions = createSubscriptions({ ...ground, catalogue: () => catalogue })
  /** What each caller may take of one kind of thing; nothing is limited where the factor is 0. */
  const allowance = () =>
    config.limitFactor === 0
      ? undefined
      : createAllowance({ ...usualLimits(config.limitFactor), now: Date.now })
  const bulkEdits = createBulkEdits({ ...ground, catalogue })
  const procedures = createProcedures(
    rulebook,
    roomServices({ catalogue, publication, sharing, opening, tasks }),
  )
  const cases: Cases = createCases({
    ...ground,
    readCalendar: years.refresh,
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
    ...ground,
    catalogue,
    stewardsOf: (tx, organisationId) => identity.members(tx, organisationId, ['steward']),
    maxUploadBytes: config.maxUploadBytes,
    beforeLive: tasks.beforeLive,
    requireAggregable: collection.requireAggregable,
    onLive: (entryId) => known.forget(entryId),
    refusalOfStaged: async (entry, { path, sha256 }) =>
      deliveries.refusalOfFile(entry, await lake.evidence({ path }, { atAGlance: true }), sha256),
  })
  const versions = createVersions({
    ...ground,
    catalogue,
    onLive: (entryId) => known.forget(entryId),
    requireOwnEntry: aggregation.requireOwnEntry,
  })
  const uploads = createUploads({
    ...ground,
    aggregation,
    folder: join(dataFolder, 'uploads'),
    maxUploadBytes: config.maxUploadBytes,
  })
  const waysIn = { ...ground, aggregation, catalogue, guard: reachable, seal: connectionSeal }
  const pulls = createPulls(waysIn)
  const streams = createStreams({ ...waysIn, onError: (err) => log({ streams: true, err }) })
  const processing = createProcessing({ ...ground, catalogue, aggregation })
  const known: KnownEntries = createKnownEntries(catalogue, aggregation)
  const keeper = createFactsKeeper(database, {
    law: `${rulebook.id} ${rulebook.version}`,
    use: rulebook.use,
    commitment: commitments.rules,
  })
  const gateway: Gateway = createGateway({
    ...ground,
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
  })
  const succession = createSuccession({
    ...ground,
    cases: () => cases,
    entries: catalogue.succeed,
    systems: connections.succeed,
    grants: sharing.succeed,
    agreements: opening.agreements.succeedProvider,
    agreementsInForce: opening.agreements.countInForceOf,
  })
  const certificates = createCertificates({ ...ground, catalogue, gateway })
  const casefiles = createCasefiles({ ...ground, cases, casework })
  const figures = createFigures({ ...ground, cases, catalogue, sharing })
  const exports = createExports({ ...ground, catalogue, gateway })
  const duties = createDuties(ground)
  const parts: Parts = {
    ...ground,
    actOnCase,
    aggregation,
    bases,
    casefiles,
    cases,
    casework,
    catalogue,
    certificates,
    collection,
    commitments,
    compilation,
    connections,
    deliveries,
    desk,
    duties,
    explanations,
    exports,
    figures,
    gateway,
    grantLife,
    harvesting,
    bulkEdits,
    subscriptions,
    suggestions: allowance(),
    keeper,
    known,
    opening,
    procedures,
    processing,
    proofs,
    publication,
    mapTiles: config.mapTiles,
    publicUrl: config.publicUrl,
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
  }
  const house: House = await openHouse(parts, config)
  return house
}
