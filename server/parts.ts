import type { ActOnCaseAtTheDoor } from './doors/case-acts.ts'
import type { KnownEntries } from './doors/known-entries.ts'
import type { Cases } from './foundations/cases/index.ts'
import type { Casework } from './foundations/casework/index.ts'
import type { Allowance, FactsKeeper, Gateway } from './foundations/gateway/index.ts'
import type { MapTiles } from './foundations/http/index.ts'
import type { Ground } from './ground.ts'
import type { Procedures } from './procedures.ts'
import type { Aggregation, Uploads, Versions } from './rooms/aggregation/index.ts'
import type { Bases } from './rooms/bases/index.ts'
import type { BulkEdits } from './rooms/bulk-edits/index.ts'
import type { Casefiles } from './rooms/casefiles/index.ts'
import type { Catalogue, Sectors } from './rooms/catalogue/index.ts'
import type { Certificates } from './rooms/certificates/index.ts'
import type { Collection } from './rooms/collection/index.ts'
import type { Commitments } from './rooms/commitment/index.ts'
import type { Compilation } from './rooms/compilation/index.ts'
import type { Connections } from './rooms/connections/index.ts'
import type { Desk } from './rooms/desk/index.ts'
import type { Duties } from './rooms/duties/index.ts'
import type { Explanations } from './rooms/explanations/index.ts'
import type { Exports } from './rooms/exports/index.ts'
import type { Figures } from './rooms/figures/index.ts'
import type { Harvesting } from './rooms/harvesting/index.ts'
import type { Opening } from './rooms/opening/index.ts'
import type { Processing } from './rooms/processing/index.ts'
import type { Proofs } from './rooms/proofs/index.ts'
import type { Publication } from './rooms/publication/index.ts'
import type { Pulls } from './rooms/pulls/index.ts'
import type { Contests, Registration } from './rooms/registration/index.ts'
import type { Deliveries, GrantLife, Sharing, Vendors } from './rooms/sharing/index.ts'
import type { SignOn } from './rooms/sign-on/index.ts'
import type { Streams } from './rooms/streams/index.ts'
import type { Subjects } from './rooms/subjects/index.ts'
import type { Subscriptions } from './rooms/subscriptions/index.ts'
import type { Succession } from './rooms/succession/index.ts'
import type { Systems } from './rooms/systems/index.ts'
import type { Targets } from './rooms/targets/index.ts'
import type { Tasks } from './rooms/tasks/index.ts'
import type { Vocabulary } from './rooms/vocabulary/index.ts'

/** All that stands in the house, by name: what routes and background work are given. */
export type Parts = Ground & {
  readonly actOnCase: ActOnCaseAtTheDoor
  readonly aggregation: Aggregation
  readonly bases: Bases
  readonly casefiles: Casefiles
  readonly cases: Cases
  readonly casework: Casework
  readonly catalogue: Catalogue
  readonly certificates: Certificates
  readonly collection: Collection
  readonly commitments: Commitments
  readonly compilation: Compilation
  readonly connections: Connections
  readonly deliveries: Deliveries
  readonly desk: Desk
  readonly duties: Duties
  readonly explanations: Explanations
  readonly exports: Exports
  readonly figures: Figures
  readonly gateway: Gateway
  readonly grantLife: GrantLife
  readonly harvesting: Harvesting
  readonly bulkEdits: BulkEdits
  readonly subscriptions: Subscriptions
  /** How often each caller may ask what they may mean. */
  readonly suggestions: Pick<Allowance, 'enter' | 'standing'> | undefined
  readonly keeper: FactsKeeper
  readonly known: KnownEntries
  readonly opening: Opening
  readonly procedures: Procedures
  readonly processing: Processing
  readonly proofs: Proofs
  readonly publication: Publication
  readonly pulls: Pulls
  readonly streams: Streams
  readonly contests: Contests
  readonly registration: Registration
  readonly mapTiles: MapTiles | undefined
  /** The address under which users reach the platform. */
  readonly publicUrl: string
  readonly sectors: Sectors
  readonly sharing: Sharing
  readonly signOn: SignOn
  readonly subjects: Subjects
  readonly succession: Succession
  readonly systems: Systems
  readonly targets: Targets
  readonly tasks: Tasks
  readonly uploads: Uploads
  readonly vendors: Vendors
  readonly versions: Versions
  readonly vocabulary: Vocabulary
}
