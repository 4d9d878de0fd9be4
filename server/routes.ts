import { isId } from '@tiaoli/kernel/ids'
import { caseExtras } from './case-extras.ts'
import { mountAccount } from './doors/account.routes.ts'
import { mountAttestation } from './doors/attestation.routes.ts'
import { mountCases } from './doors/cases.routes.ts'
import { mountErasures } from './doors/erasures.routes.ts'
import { mountGateway } from './doors/gateway.routes.ts'
import { mountIdentity } from './doors/identity.routes.ts'
import { mountLedger } from './doors/ledger.routes.ts'
import { mountPeople } from './doors/people.routes.ts'
import { mountPlatform } from './doors/platform.routes.ts'
import { mountRegister } from './doors/register.routes.ts'
import { mountRulebook } from './doors/rulebook.routes.ts'
import { entryExtras } from './entry-extras.ts'
import { versionsOf } from './foundations/amendments/index.ts'
import { actorOf, clockEventTitles, takesPart } from './foundations/casework/index.ts'
import type { Mount } from './foundations/http/index.ts'
import { Problem } from './foundations/problems/index.ts'
import { procedureOf } from './foundations/rulebook/index.ts'
import type { Parts } from './parts.ts'
import { mountAggregation, mountUploads, mountVersions } from './rooms/aggregation/index.ts'
import { mountBases } from './rooms/bases/index.ts'
import { mountBulkEdits } from './rooms/bulk-edits/index.ts'
import { mountCalendar } from './rooms/calendar/index.ts'
import { mountCasefiles } from './rooms/casefiles/index.ts'
import { mountCatalogue, mountSectors } from './rooms/catalogue/index.ts'
import { mountCertificates } from './rooms/certificates/index.ts'
import { mountCollection } from './rooms/collection/index.ts'
import { mountCommitments } from './rooms/commitment/index.ts'
import { mountCompilation } from './rooms/compilation/index.ts'
import { mountConnections } from './rooms/connections/index.ts'
import { mountDesk } from './rooms/desk/index.ts'
import { mountDuties } from './rooms/duties/index.ts'
import { mountExplanations } from './rooms/explanations/index.ts'
import { mountExports } from './rooms/exports/index.ts'
import { mountFigures } from './rooms/figures/index.ts'
import { mountHarvesting } from './rooms/harvesting/index.ts'
import { mountInterfaces } from './rooms/interfaces/index.ts'
import { mountMatching } from './rooms/matching/index.ts'
import { mountMessages } from './rooms/messages/index.ts'
import { mountOpening } from './rooms/opening/index.ts'
import { mountProcessing } from './rooms/processing/index.ts'
import { mountProofs } from './rooms/proofs/index.ts'
import { mountPublication } from './rooms/publication/index.ts'
import { mountPulls } from './rooms/pulls/index.ts'
import { mountContests, mountRegistration } from './rooms/registration/index.ts'
import { mountDeliveries, mountSharing, mountVendors } from './rooms/sharing/index.ts'
import { mountSignOn } from './rooms/sign-on/index.ts'
import { mountStreams } from './rooms/streams/index.ts'
import { mountSubjects } from './rooms/subjects/index.ts'
import { mountSubscriptions } from './rooms/subscriptions/index.ts'
import { mountSuccession } from './rooms/succession/index.ts'
import { mountSystems } from './rooms/systems/index.ts'
import { mountTargets } from './rooms/targets/index.ts'
import { mountTasks } from './rooms/tasks/index.ts'
import { mountVocabulary } from './rooms/vocabulary/index.ts'

/** Every route of the house, each with the services behind it. */
export function mountRoutes(mount: Mount, parts: Parts): void {
  const {
    actOnCase,
    aggregation,
    bases,
    calendar,
    casefiles,
    cases,
    casework,
    catalogue,
    certificates,
    collection,
    commitments,
    compilation,
    connections,
    contests,
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
    identity,
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
    registration,
    rulebook,
    sectors,
    sharing,
    subjects,
    succession,
    systems,
    targets,
    tasks,
    vendors,
    vocabulary,
    witness,
    years,
  } = parts
  const now = () => parts.clock.now()

  mountPlatform(mount, { catalogue, identity, rulebook, ledger, mapTiles: parts.mapTiles })
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
    entryTitles: async (ids) =>
      new Map(
        (await catalogue.findAll(ids))
          .filter(({ published }) => published)
          .map(({ id, content }) => [id, content.title]),
      ),
    registeredSystems: rulebook.use.registeredSystems,
    entryCounts: async () => (await catalogue.counts()).byProvider,
  })
  mountAccount(mount, identity)
  mountPeople(mount, identity)
  mountSignOn(mount, parts.signOn)
  mountRulebook(mount, rulebook, procedures)
  mountRegister(mount, rulebook, { versions: () => versionsOf(database), userNames: identity.userNames })
  mountCatalogue(mount, {
    ...{ catalogue, cases, casework, identity, rulebook, now },
    ...{ suggestions: parts.suggestions, extras: entryExtras(parts) },
  })
  mountVocabulary(mount, vocabulary, catalogue.countBehind)
  mountSectors(mount, sectors, identity)
  mountBases(mount, { bases, identity, rules: rulebook.rooms.bases, now })
  mountCollection(mount, { collection, catalogue, identity, rulebook })
  mountCompilation(mount, { compilation, catalogue, identity, rulebook, now })
  mountAggregation(mount, { aggregation, catalogue, now })
  mountVersions(mount, { versions: parts.versions, catalogue, identity, publicUrl: parts.publicUrl })
  mountPulls(mount, parts.pulls)
  mountStreams(mount, parts.streams)
  mountUploads(mount, { uploads: parts.uploads, aggregation, catalogue, now })
  mountTasks(mount, { tasks, identity })
  mountConnections(mount, { connections, catalogue, identity })
  mountHarvesting(mount, { harvesting: parts.harvesting, catalogue, identity })
  mountBulkEdits(mount, parts.bulkEdits)
  mountSubscriptions(mount, parts.subscriptions)
  mountProcessing(mount, processing, identity)
  mountGateway(mount, { gateway, known, proofs })
  mountProofs(mount, proofs, identity)
  mountCertificates(mount, certificates, { catalogue, identity })
  mountCases(mount, {
    procedures,
    catalogue,
    cases,
    casework,
    figures,
    identity,
    rulebook,
    caseExtras: caseExtras({ catalogue, sharing, registration, rulebook }),
    actOnCase,
  })
  mountSubjects(mount, subjects, { catalogue, identity })
  mountSuccession(mount, succession)
  mountRegistration(mount, registration, identity)
  mountContests(mount, contests, { registration, identity })
  mountCasefiles(mount, { casefiles, casework, identity, ledger, rulebook })
  mountExports(mount, exports)
  mountFigures(mount, figures)
  mountDesk(mount, desk)
  mountMessages(mount, { messages, cases, casework, identity, rulebook, publicUrl: parts.publicUrl, now })
  mountTargets(mount, targets, identity)
  mountSystems(mount, { systems, catalogue, identity, rulebook })
  mountPublication(mount, { publication, catalogue, identity, rulebook })
  mountMatching(mount, { cases, catalogue, identity, rulebook, now })
  mountCommitments(mount, { commitments, catalogue, identity })
  mountSharing(mount, { sharing, grantLife, ledger, now, catalogue, cases, gateway, identity, rulebook })
  mountVendors(mount, vendors)
  mountDeliveries(mount, { deliveries, sharing, identity, lake, agreementOf: opening.agreements.ofGrant })
  mountOpening(mount, opening, { catalogue, sharing, cases, identity, rulebook, now })
  mountCalendar(mount, { years, calendar })
  mountExplanations(mount, explanations, { catalogue, identity })
  mountDuties(mount, { duties, identity })
  mountInterfaces(
    mount,
    {
      ...{ catalogue, gateway, identity, rulebook, publicUrl: parts.publicUrl },
      snapshot: async (id) => {
        const found = await aggregation.snapshot(id)
        return found && { id, number: found.number, rows: found.rows, sha256: found.sha256 }
      },
    },
    now,
  )
  mountErasures(mount, { erasures, ledger, identity, rulebook })
  mountAttestation(mount, { ledger, dailyIndex, witness, cosigning })
  mountLedger(mount, {
    ledger,
    identity,
    keeper,
    clock: parts.clock,
    publicUrl: parts.publicUrl,
    providerOf: async (entryId) => (await catalogue.find(entryId))?.providerId,
    caseNumberOf: async (grantId) => (await sharing.find(grantId))?.caseNumber,
    snapshotNumber: async (id) => (isId(id) ? (await known.snapshot(id))?.number : undefined),
    entryTitles: catalogue.titlesOf,
    actTitle: (procedure, act) =>
      procedureOf(rulebook, procedure)?.acts.find(({ key }) => key === act)?.title ?? clockEventTitles[act],
  })
}
