import { accountRoutes } from './account.ts'
import { aggregationRoutes } from './aggregation.ts'
import { agreementRoutes } from './agreements.ts'
import { assistantRoutes } from './assistants.ts'
import { attestationRoutes } from './attestation.ts'
import { baseRoutes } from './bases.ts'
import { bulkEditRoutes } from './bulk-edits.ts'
import { calendarRoutes } from './calendar.ts'
import { casefileRoutes } from './casefiles.ts'
import { caseRoutes } from './cases.ts'
import { catalogueRoutes } from './catalogue.ts'
import { certificateRoutes } from './certificates.ts'
import { ckanRoutes } from './ckan.ts'
import { collectionRoutes } from './collection.ts'
import { commitmentRoutes } from './commitment.ts'
import { connectionRoutes } from './connections.ts'
import { deliveryRoutes } from './deliveries.ts'
import { demandRoutes } from './demands.ts'
import { deskRoutes } from './desk.ts'
import { dutyRoutes } from './duties.ts'
import { editionRoutes } from './editions.ts'
import { erasureRoutes } from './erasures.ts'
import { explanationRoutes } from './explanations.ts'
import { exportRoutes } from './exports.ts'
import { featureRoutes } from './features.ts'
import { figureRoutes } from './figures.ts'
import { gatewayRoutes } from './gateway.ts'
import { grantRoutes } from './grants.ts'
import { harvestRoutes } from './harvest.ts'
import { harvestingRoutes } from './harvesting.ts'
import { identityRoutes } from './identity.ts'
import { ledgerRoutes } from './ledger.ts'
import { matchingRoutes } from './matching.ts'
import { messageRoutes } from './messages.ts'
import { openingListRoutes } from './opening-lists.ts'
import { openingReportRoutes } from './opening-report.ts'
import { openingRoutes } from './openings.ts'
import { peopleRoutes } from './people.ts'
import { platformRoutes } from './platform.ts'
import { processingRoutes } from './processing.ts'
import { proofRoutes } from './proofs.ts'
import { publicationRoutes } from './publication.ts'
import { pullRoutes } from './pulls.ts'
import { registrationRoutes } from './registration.ts'
import { contestRoutes } from './registration-contests.ts'
import { resultRoutes } from './results.ts'
import { roundRoutes } from './rounds.ts'
import type { Route } from './route.ts'
import { rulebookRoutes } from './rulebook.ts'
import { sectorRoutes } from './sectors.ts'
import { signOnRoutes } from './sign-on.ts'
import { specificationRoutes } from './specifications.ts'
import { streamRoutes } from './streams.ts'
import { subjectRoutes } from './subjects.ts'
import { subscriptionRoutes } from './subscriptions.ts'
import { successionRoutes } from './succession.ts'
import { systemRoutes } from './systems.ts'
import { targetRoutes } from './targets.ts'
import { taskRoutes } from './tasks.ts'
import { uploadRoutes } from './uploads.ts'
import { versionRoutes } from './versions.ts'
import { vocabularyRoutes } from './vocabulary.ts'

/** The whole HTTP contract. */
export const routes: readonly Route[] = [
  ...platformRoutes,
  ...identityRoutes,
  ...accountRoutes,
  ...peopleRoutes,
  ...signOnRoutes,
  ...registrationRoutes,
  ...contestRoutes,
  ...successionRoutes,
  ...rulebookRoutes,
  ...catalogueRoutes,
  ...sectorRoutes,
  ...vocabularyRoutes,
  ...specificationRoutes,
  ...editionRoutes,
  ...roundRoutes,
  ...collectionRoutes,
  ...baseRoutes,
  ...aggregationRoutes,
  ...uploadRoutes,
  ...pullRoutes,
  ...streamRoutes,
  ...taskRoutes,
  ...processingRoutes,
  ...explanationRoutes,
  ...subjectRoutes,
  ...connectionRoutes,
  ...harvestingRoutes,
  ...bulkEditRoutes,
  ...subscriptionRoutes,
  ...gatewayRoutes,
  ...versionRoutes,
  ...caseRoutes,
  ...exportRoutes,
  ...grantRoutes,
  ...casefileRoutes,
  ...figureRoutes,
  ...deskRoutes,
  ...messageRoutes,
  ...agreementRoutes,
  ...resultRoutes,
  ...demandRoutes,
  ...deliveryRoutes,
  ...openingListRoutes,
  ...openingReportRoutes,
  ...openingRoutes,
  ...dutyRoutes,
  ...calendarRoutes,
  ...commitmentRoutes,
  ...matchingRoutes,
  ...publicationRoutes,
  ...proofRoutes,
  ...certificateRoutes,
  ...systemRoutes,
  ...targetRoutes,
  ...ledgerRoutes,
  ...harvestRoutes,
  ...ckanRoutes,
  ...featureRoutes,
  ...assistantRoutes,
  ...erasureRoutes,
  ...attestationRoutes,
]
