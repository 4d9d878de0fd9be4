import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { CommitmentRules } from '../rulebook/rooms.schema.ts'
import type { UseRules } from '../rulebook/rulebook.types.ts'
import type { CommitmentFacts, EntryFacts, GrantFacts } from './gateway.types.ts'

export type LawInUse = {
  /** Rulebook and its version: `suzhou-2022 1.1.0+3f…`. */
  readonly law: string
  readonly use: UseRules
  readonly commitment: CommitmentRules | undefined
}

export type FactsOfDecision = {
  readonly entry: EntryFacts
  readonly grants: readonly GrantFacts[]
  readonly commitments: readonly CommitmentFacts[]
}

/** All that a decision was made on, as it was then. */
export type KeptFacts = LawInUse & FactsOfDecision

/** Keeps what decisions are made on, so that they can be made again when somebody asks why. */
export type FactsKeeper = {
  /** Durable when it resolves; gives the digest under which `find` has it. */
  keep(facts: FactsOfDecision): Promise<string>
  /** Undefined where there are none, or where they are no longer what was kept. */
  find(digest: string): Promise<KeptFacts | undefined>
}

/** Digests that are known to be kept; the one noticed first goes first. */
const remembered = 50_000

/** @see FactsKeeper. Law and entry are kept apart from grants: they are the same for many callers. */
export function createFactsKeeper({ db }: Database, law: LawInUse): FactsKeeper {
  const known = new Set<string>()

  async function keepContent(value: object): Promise<string> {
    const content = JSON.stringify(value)
    const digest = digestOf(content)
    if (known.has(digest)) return digest
    await sql`insert into decision_facts (digest, content) values (${digest}, ${content})
      on conflict (digest) do nothing`.execute(db)
    known.add(digest)
    if (known.size > remembered) known.delete(known.values().next().value!)
    return digest
  }

  async function findContent<T>(digest: string): Promise<T | undefined> {
    const { rows } = await sql<{ content: string }>`
      select content from decision_facts where digest = ${digest}`.execute(db)
    const content = rows[0]?.content
    return content === undefined || digestOf(content) !== digest ? undefined : (JSON.parse(content) as T)
  }

  return {
    async keep({ entry, grants, commitments }) {
      return keepContent({
        law: await keepContent(law),
        entry: await keepContent(entry),
        grants,
        commitments,
      })
    },
    async find(digest) {
      type Parts = Omit<FactsOfDecision, 'entry'> & { readonly law: string; readonly entry: string }
      const parts = await findContent<Parts>(digest)
      const lawThen = parts && (await findContent<LawInUse>(parts.law))
      const entry = parts && (await findContent<EntryFacts>(parts.entry))
      if (lawThen === undefined || entry === undefined) return undefined
      return { ...lawThen, entry, grants: parts!.grants, commitments: parts!.commitments }
    },
  }
}

const digestOf = (content: string): string => hash('sha256', content, 'base64url')
