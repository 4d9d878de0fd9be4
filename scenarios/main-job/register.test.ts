import { listObligations } from '@tiaoli/contract/rulebook'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'

describe('The register of obligations, as anybody may see it', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('chongqing')
  })
  afterAll(() => city.close())
  const obligations = (query: string) => city.visitor.get(`/api/v1/rulebook/obligations?${query}`)

  it('says of each obligation of an article how it is met here', async () => {
    const { body } = await obligations('article=CQ-26')
    const ids = body.items.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(
      city.house.rulebook.obligations.map(({ id }) => id).filter((id) => id.startsWith('CQ-26.')),
    )
    const reply = body.items.find(({ id }: { id: string }) => id === 'CQ-26.1-a')
    expect(reply).toMatchObject({ kind: 'rule', modality: 'order', periodWorkingDays: 5 })
    expect(reply.metBy).toContainEqual(expect.objectContaining({ kind: 'procedure', key: 'sharing-request' }))
    expect((await obligations('article=CQ-26.1-a')).body.items).toEqual(body.items)
  })

  it('calls proven only what a recorded scenario proves, and counts by that', async () => {
    const { body: coverage } = await city.visitor.get('/api/v1/rulebook/coverage')
    const proven: { state: string; proofs: unknown[] }[] = []
    let cursor = ''
    for (;;) {
      const { body } = await obligations(`state=proven&limit=20${cursor}`)
      proven.push(...body.items)
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(proven).toHaveLength(coverage.all.proven)
    expect(proven.every(({ state, proofs }) => state === 'proven' && proofs.length > 0)).toBe(true)
    const { proven: a, built, tracked, stated, open } = coverage.all
    expect(a + built + tracked + stated + open).toBe(city.house.rulebook.obligations.length)
    const perArticle = coverage.articles as { counts: { proven: number } }[]
    expect(perArticle.reduce((sum, { counts }) => sum + counts.proven, 0)).toBe(a)
  })

  it('leads a duty to the register of duties, whatever else meets it', async () => {
    const { body } = await obligations('article=CQ-39')
    const duty = body.items.find(({ id }: { id: string }) => id === 'CQ-39.1')
    expect(duty.metBy).toContainEqual(expect.objectContaining({ kind: 'duty', key: 'CQ-39.1' }))
  })

  it('knows nothing of other regulations', async () => {
    expect(expectProblem(await obligations('article=TJ-17'), listObligations)).toBe('not-found')
    expect(expectProblem(await obligations('cursor=odd'), listObligations)).toBe('bad-cursor')
  })
})
