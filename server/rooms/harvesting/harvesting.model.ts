import type {
  HarvestCounts,
  HarvestRun,
  harvestedStates,
  harvestFailures,
  harvestKinds,
  harvestModes,
  harvestStates,
  lostParts,
  ParityReport,
  withoutReasons,
} from '@tiaoli/contract/harvesting'

export type HarvestKind = (typeof harvestKinds)[number]
export type HarvestMode = (typeof harvestModes)[number]
export type HarvestState = (typeof harvestStates)[number]
export type HarvestFailure = (typeof harvestFailures)[number]
export type HarvestedState = (typeof harvestedStates)[number]
export type LostPart = (typeof lostParts)[number]
export type WithoutReason = (typeof withoutReasons)[number]

export type RemoteField = {
  readonly name: string
  /** As the source calls it; empty where it does not say. */
  readonly type: string
  readonly meaning: string
  readonly unit: string
  /** Only where the source knows the classes of this platform. */
  readonly sensitivity: string
  readonly key: boolean
}

/** An entry of another catalogue in plain words: no markup, bounded, the same whatever interface it came by. */
export type RemoteEntry = {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly keywords: readonly string[]
  /** Organisation or group, as the source names it; empty where it names none. */
  readonly publisher: string
  /** Key of a theme of this platform; empty where the source says none that is known. */
  readonly theme: string
  readonly fields: readonly RemoteField[]
  /** What can be taken at the source: the data do not come along. */
  readonly resources: readonly { readonly name: string; readonly url: string; readonly format: string }[]
  readonly licence: string
  /** Key of an update cycle; empty where the source says none that is known. */
  readonly cycle: string
  /** As the source writes it. */
  readonly modified: string
}

/** Something that was read and is no entry, with the reason. */
export type Unreadable = {
  readonly id: string
  readonly title: string
  readonly reason: WithoutReason
}

/** One remote entry, with what was lost when it was read. */
export type ReadEntry = { readonly entry: RemoteEntry; readonly lost: readonly LostPart[] }

export type RemotePage = {
  /** Where it was read. */
  readonly address: string
  readonly entries: readonly ReadEntry[]
  readonly unreadable: readonly Unreadable[]
}

export type Source = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly kind: HarvestKind
  readonly url: string
  readonly everyHours: number | null
  readonly mostWithdrawnPercent: number
  readonly enabled: boolean
  readonly tried: boolean
  readonly begun: boolean
  readonly currentRun: string | null
  readonly nextRunAt: Date | null
  readonly version: number
  /** Who answers for runs by the schedule. */
  readonly registeredBy: string
  readonly registeredName: string
  readonly createdAt: Date
}

export type Run = {
  readonly id: string
  readonly sourceId: string
  readonly mode: HarvestMode
  readonly state: HarvestState
  readonly acceptWithdrawals: boolean
  readonly askedBy: string | null
  readonly askedName: string | null
  readonly createdAt: Date
  readonly endedAt: Date | null
  readonly counts: HarvestCounts
  readonly failure: HarvestFailure | null
  readonly failedAt: string | null
  readonly refusal: HarvestRun['refusal']
  readonly examples: HarvestRun['examples']
  readonly parity: ParityReport
}

/** A remote entry and its counterpart. */
export type Harvested = {
  readonly sourceId: string
  readonly remoteId: string
  readonly entryId: string
  readonly digest: string
  readonly taken: RemoteEntry
  readonly entryVersion: number
  readonly state: HarvestedState
  readonly waiting: RemoteEntry | null
  readonly waitingDigest: string | null
  readonly seenAt: Date
}

export const noCounts: HarvestCounts = {
  pages: 0,
  read: 0,
  added: 0,
  changed: 0,
  differing: 0,
  withdrawn: 0,
  same: 0,
  without: 0,
}
export const noExamples: HarvestRun['examples'] = { added: [], changed: [], withdrawn: [] }
export const noParity: ParityReport = { groups: [], without: [], lost: [] }
