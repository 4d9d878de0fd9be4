import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../foundations/database/index.ts'
import { judgedCatalogue } from './test-catalogue.ts'
import { createJudgedSearch } from './test-judged.ts'
import { judgedQueries, ndcg10 } from './test-queries.ts'

/** What was measured when the set was made, less a little: a change of the ranking that costs answers fails here. */
const floor = 0.9
describe('the judged set', () => {
  let ask: (q: string) => Promise<readonly string[]>
  let database: Database
  const titles = judgedCatalogue.map(({ title }) => title)
  const judged = judgedQueries(titles)
  beforeAll(async () => {
    ;({ ask, database } = await createJudgedSearch())
  })
  afterAll(() => database.close())

  it('has a hundred queries and more, over some hundreds of entries that differ in title', () => {
    expect(judged.length).toBeGreaterThanOrEqual(100)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('is answered well: the first ten', async () => {
    const scores: [string, number][] = []
    for (const each of judged) scores.push([each.query, ndcg10(each, await ask(each.query))])
    const mean = scores.reduce((sum, [, score]) => sum + score, 0) / scores.length
    console.log(`NDCG@10 of ${scores.length} queries: ${mean.toFixed(4)}`)
    if (process.env.JUDGED === 'all') for (const [query, score] of scores) if (score < 0.95) console.log(score.toFixed(3), query, await ask(query).then((t) => t.slice(0, 6).join(' / ')))
    expect(mean).toBeGreaterThanOrEqual(floor)
  })
})
