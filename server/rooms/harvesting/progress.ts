import type { HarvestCounts, HarvestRun, ParityReport } from '@tiaoli/contract/harvesting'
import type { LostPart, Run, WithoutReason } from './harvesting.model.ts'

const mostExamples = 10
const mostWithout = 200
const mostGroups = 500
/** Where groups are too many to be told apart. */
const otherGroups = '…'

export type Progress = ReturnType<typeof createProgress>

/** What a run has found so far, in bounded room: counts, some examples, and how both catalogues compare. */
export function createProgress(run: Pick<Run, 'counts' | 'examples' | 'parity'>) {
  const counts: HarvestCounts = { ...run.counts }
  const examples: HarvestRun['examples'] = {
    added: [...run.examples.added],
    changed: [...run.examples.changed],
    withdrawn: [...run.examples.withdrawn],
  }
  const without = [...run.parity.without]
  const lost = new Map(run.parity.lost.map(({ part, entries }) => [part, entries]))
  const groups = new Map(run.parity.groups.map(({ name, remote, here }) => [name, { remote, here }]))

  function group(name: string) {
    const key = groups.has(name) || groups.size < mostGroups ? name : otherGroups
    const found = groups.get(key) ?? { remote: 0, here: 0 }
    groups.set(key, found)
    return found
  }

  return {
    counts,
    examples,
    add(name: keyof HarvestCounts, by = 1): void {
      counts[name] += by
    },
    /** Does something that counts in `counts` and `examples`; where it throws, nothing of it was counted. */
    async unlessThrown<T>(work: () => Promise<T>): Promise<T> {
      const before = structuredClone({ counts, examples })
      try {
        return await work()
      } catch (error) {
        Object.assign(counts, before.counts)
        Object.assign(examples, before.examples)
        throw error
      }
    },
    example(kind: keyof typeof examples, each: { readonly remoteId: string; readonly title: string }): void {
      if (examples[kind].length < mostExamples) examples[kind].push(each)
    },
    /** A remote entry of a publisher, with what does not come along. */
    took(publisher: string, parts: readonly LostPart[]): void {
      const found = group(publisher)
      found.remote += 1
      found.here += 1
      for (const part of parts) lost.set(part, (lost.get(part) ?? 0) + 1)
    },
    leftOut(remoteId: string, title: string, reason: WithoutReason, detail = ''): void {
      counts.without += 1
      if (without.length < mostWithout) without.push({ remoteId, title, reason, detail })
    },
    /** A remote entry of a publisher that has no counterpart. */
    refused(publisher: string): void {
      group(publisher).remote += 1
    },
    /** One that was thought to have a counterpart has none after all. */
    notTaken(publisher: string): void {
      group(publisher).here -= 1
    },
    parity(): ParityReport {
      return {
        groups: [...groups]
          .map(([name, found]) => ({ name, ...found }))
          .sort((one, other) => other.remote - one.remote || (one.name < other.name ? -1 : 1)),
        without,
        lost: [...lost]
          .map(([part, entries]) => ({ part, entries }))
          .sort((one, other) => other.entries - one.entries),
      }
    },
  }
}
