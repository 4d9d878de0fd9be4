import { GatewayUnavailable } from './gateway.errors.ts'
import type { CommitmentFacts, EntryFacts, GrantFacts } from './gateway.types.ts'
import type { FactsKeeper, FactsOfDecision } from './kept-facts.ts'
import type { FactsPort, GrantHolder } from './ports.ts'

/** Facts as they were in `epoch`, or later. `entry` is undefined where there is none of that id. */
export type KnownFacts = {
  readonly epoch: number
  readonly entry: EntryFacts | undefined
  readonly grants: readonly GrantFacts[]
  readonly commitments: readonly CommitmentFacts[]
  /** Under which they are kept for whoever asks why; null where nobody keeps them, or there is no entry. */
  readonly digest: string | null
}

/**
 * Facts kept in the process. What is kept is good for one epoch only; which epoch holds is learnt from the records
 * that are written anyway, so a node learns of another's revocation before it answers (docs/decisions/0004).
 */
export type FactsCache = {
  /** Facts no older than the newest epoch noticed; at once where they are here. */
  get(holder: GrantHolder, entryId: string): Promise<KnownFacts> | KnownFacts
  noticed(epoch: number): void
}

/** Facts of this many pairs of holder and entry are kept; the pair that was loaded first goes first. */
const pairsKept = 20_000

/** Callers call again and again. A list in JSON ends where it ends, whatever comes after it. */
const names = new WeakMap<GrantHolder, string>()

function nameOf(holder: GrantHolder): string {
  const known = names.get(holder)
  if (known !== undefined) return known
  const name = JSON.stringify([holder.organisationId, holder.userId])
  names.set(holder, name)
  return name
}

export function createFactsCache(
  facts: FactsPort,
  currentEpoch: () => Promise<number>,
  keeper: FactsKeeper | undefined,
): FactsCache {
  const kept = new Map<string, Promise<KnownFacts> | KnownFacts>()
  let newest = 0

  /** The epoch is read before the facts: facts that are newer than their label cost a reload, older ones would lie. */
  async function load(holder: GrantHolder, entryId: string): Promise<KnownFacts> {
    const epoch = await currentEpoch()
    const [entry, grants, commitments] = await Promise.all([
      facts.entryFacts(entryId),
      facts.grantsOf(holder, entryId),
      facts.commitmentsOf?.(holder, entryId) ?? [],
    ])
    const digest = entry && keeper ? await keepFor(keeper, { entry, grants, commitments }) : null
    return { epoch, entry, grants, commitments, digest }
  }

  function keep(key: string, loading: Promise<KnownFacts>): void {
    kept.delete(key)
    kept.set(key, loading)
    if (kept.size > pairsKept) kept.delete(kept.keys().next().value!)
    loading.then(
      (known) => {
        if (kept.get(key) === loading) kept.set(key, known)
      },
      () => {
        if (kept.get(key) === loading) kept.delete(key)
      },
    )
  }

  async function getAnew(holder: GrantHolder, entryId: string, key: string): Promise<KnownFacts> {
    for (;;) {
      const held = kept.get(key)
      if (held !== undefined) {
        const known = await held
        if (known.epoch >= newest) return known
      }
      // Of several callers that found old facts, the first loads and the others take what it loads.
      if (kept.get(key) === held) keep(key, load(holder, entryId))
    }
  }

  return {
    get: (holder, entryId) => {
      const key = nameOf(holder) + entryId
      const held = kept.get(key)
      return held !== undefined && !(held instanceof Promise) && held.epoch >= newest
        ? held
        : getAnew(holder, entryId, key)
    },
    noticed: (epoch) => {
      newest = Math.max(newest, epoch)
    },
  }
}

/** Without them nobody could be told why: nothing is answered, as where the record fails. */
const keepFor = (keeper: FactsKeeper, facts: FactsOfDecision): Promise<string> =>
  keeper.keep(facts).catch((cause: unknown) => {
    throw new GatewayUnavailable('the facts of the decision could not be kept', cause)
  })
