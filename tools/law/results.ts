import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Proof } from '@tiaoli/server/foundations/rulebook/coverage'
import { z } from 'zod'
import { fromRoot, tagsIn, untagged } from './tags.ts'

const resultsForm = z.object({
  startTime: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ title: z.string(), ancestorTitles: z.array(z.string()), status: z.string() }),
      ),
    }),
  ),
})

export type Run = {
  readonly startedAt: Date
  /** Scenario files that the run did not contain, or that were changed after it began. */
  readonly missing: readonly string[]
  /** By obligation: the scenarios that passed. One that failed leaves its obligations without any. */
  readonly proofs: ReadonlyMap<string, readonly Proof[]>
  /** Obligations of which some scenario failed. */
  readonly failed: readonly string[]
}

/** Reads what a run of the tests has left, for the scenario files asked for. */
export function readRun(root: string, resultsFile: string, files: readonly string[]): Run | undefined {
  const path = join(root, resultsFile)
  if (!existsSync(path)) return undefined
  const results = resultsForm.parse(JSON.parse(readFileSync(path, 'utf8')))
  const byFile = new Map(results.testResults.map((each) => [fromRoot(root, each.name), each]))
  const missing = files.filter(
    (file) => !byFile.has(file) || statSync(join(root, file)).mtimeMs > results.startTime,
  )
  const outcomes = files
    .filter((file) => !missing.includes(file))
    .flatMap((file) =>
      byFile.get(file)!.assertionResults.flatMap(({ title, ancestorTitles, status }) => {
        const ids = [...ancestorTitles, title].flatMap(tagsIn)
        return ids.map((id) => ({ id, passed: status === 'passed', proof: { file, title: untagged(title) } }))
      }),
    )
  const failed = new Set(outcomes.filter(({ passed }) => !passed).map(({ id }) => id))
  const proofs = new Map<string, Proof[]>()
  for (const { id, proof } of outcomes) {
    if (failed.has(id)) continue
    const known = proofs.get(id) ?? []
    if (!known.some(({ file, title }) => file === proof.file && title === proof.title)) known.push(proof)
    proofs.set(id, known)
  }
  return { startedAt: new Date(results.startTime), missing, proofs, failed: [...failed].sort() }
}
