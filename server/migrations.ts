import { amendmentMigrations } from './foundations/amendments/index.ts'
import { caseMigrations } from './foundations/cases/index.ts'
import { caseworkMigrations } from './foundations/casework/index.ts'
import { gatewayMigrations } from './foundations/gateway/index.ts'
import { identityMigrations } from './foundations/identity/index.ts'
import { jobMigrations } from './foundations/jobs/index.ts'
import { ledgerMigrations } from './foundations/ledger/index.ts'
import { noticeMigrations } from './foundations/notices/index.ts'
import { witnessMigrations } from './foundations/witness/index.ts'
import { aggregationMigrations } from './rooms/aggregation/index.ts'
import { baseMigrations } from './rooms/bases/index.ts'
import { bulkEditMigrations } from './rooms/bulk-edits/index.ts'
import { calendarMigrations } from './rooms/calendar/index.ts'
import { casefileMigrations } from './rooms/casefiles/index.ts'
import { catalogueMigrations } from './rooms/catalogue/index.ts'
import { certificateMigrations } from './rooms/certificates/index.ts'
import { collectionMigrations } from './rooms/collection/index.ts'
import { commitmentMigrations } from './rooms/commitment/index.ts'
import { compilationMigrations } from './rooms/compilation/index.ts'
import { connectionMigrations } from './rooms/connections/index.ts'
import { deskMigrations } from './rooms/desk/index.ts'
import { dutyMigrations } from './rooms/duties/index.ts'
import { explanationMigrations } from './rooms/explanations/index.ts'
import { exportMigrations } from './rooms/exports/index.ts'
import { figureMigrations } from './rooms/figures/index.ts'
import { harvestingMigrations } from './rooms/harvesting/index.ts'
import { messageMigrations } from './rooms/messages/index.ts'
import { openingMigrations } from './rooms/opening/index.ts'
import { processingMigrations } from './rooms/processing/index.ts'
import { proofMigrations } from './rooms/proofs/index.ts'
import { publicationMigrations } from './rooms/publication/index.ts'
import { pullMigrations } from './rooms/pulls/index.ts'
import { registrationMigrations } from './rooms/registration/index.ts'
import { sharingMigrations } from './rooms/sharing/index.ts'
import { signOnMigrations } from './rooms/sign-on/index.ts'
import { streamMigrations } from './rooms/streams/index.ts'
import { subjectMigrations } from './rooms/subjects/index.ts'
import { subscriptionMigrations } from './rooms/subscriptions/index.ts'
import { systemMigrations } from './rooms/systems/index.ts'
import { targetMigrations } from './rooms/targets/index.ts'
import { taskMigrations } from './rooms/tasks/index.ts'
import { vocabularyMigrations } from './rooms/vocabulary/index.ts'

/** In this order: a room's tables may point to those of the rooms before it. */
export const migrationSources = [
  identityMigrations,
  jobMigrations,
  noticeMigrations,
  ledgerMigrations,
  gatewayMigrations,
  witnessMigrations,
  amendmentMigrations,
  caseMigrations,
  caseworkMigrations,
  vocabularyMigrations,
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
  processingMigrations,
  explanationMigrations,
  pullMigrations,
  registrationMigrations,
  subjectMigrations,
  casefileMigrations,
  figureMigrations,
  deskMigrations,
  messageMigrations,
  exportMigrations,
  signOnMigrations,
  harvestingMigrations,
  bulkEditMigrations,
  subscriptionMigrations,
  streamMigrations,
]
