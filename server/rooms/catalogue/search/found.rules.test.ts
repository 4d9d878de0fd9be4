import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apart, type Found, facetsOf, narrowed } from './found.rules.ts'

const kind = (organisation: string, theme: string, opening: string, count: number) => ({
  organisation,
  theme,
  sharing: 'conditional',
  opening,
  count,
})

describe('what was found', () => {
  it('is counted by each axis, most first; what has no type on an axis counts in the total alone', () => {
    const kinds = [
      kind('a', 'health', 'open', 2),
      kind('b', 'health', '', 3),
      kind('a', 'society', 'open', 1),
    ]
    expect(facetsOf(kinds, null)).toEqual({
      total: 6,
      exact: true,
      organisation: [
        { key: 'a', count: 3 },
        { key: 'b', count: 3 },
      ],
      theme: [
        { key: 'health', count: 5 },
        { key: 'society', count: 1 },
      ],
      sharing: [{ key: 'conditional', count: 6 }],
      opening: [{ key: 'open', count: 3 }],
    })
  })

  it('is said to be at least so many where there is one more than are counted', () => {
    expect(facetsOf([kind('a', 'health', 'open', 5)], 5)).toMatchObject({ total: 5, exact: true })
    expect(facetsOf([kind('a', 'health', 'open', 6)], 5)).toMatchObject({ total: 5, exact: false })
  })

  it('is narrowed as if it had been looked for so: same order, and counts of what is left', () => {
    const some = fc.constantFrom('a', 'b')
    const entries = fc.array(fc.record({ organisation: some, theme: some, opening: some }), { maxLength: 30 })
    fc.assert(
      fc.property(entries, fc.option(some), fc.option(some), (all, organisation, theme) => {
        const names = [...new Set(all.map((each) => JSON.stringify(each)))]
        const ranked = all.map((each, at) => ({
          id: String(at),
          score: 100 - at,
          kind: names.indexOf(JSON.stringify(each)),
        }))
        const kinds = names.map((name, at) => ({
          sharing: '',
          ...JSON.parse(name),
          count: ranked.filter((each) => each.kind === at).length,
        }))
        const found: Found = {
          ranked,
          whole: true,
          kinds,
          facets: facetsOf(kinds, null),
          partly: false,
          having: 'x',
        }
        const by = {
          organisation: organisation ?? undefined,
          theme: theme ?? undefined,
          sharing: undefined,
          opening: undefined,
        }
        const left = all.flatMap((each, at) =>
          (by.organisation ?? each.organisation) === each.organisation &&
          (by.theme ?? each.theme) === each.theme
            ? [{ ...each, id: String(at) }]
            : [],
        )
        const part = narrowed(found, by)
        expect(part.ranked.map(({ id }) => id)).toEqual(left.map(({ id }) => id))
        expect(part.facets.total).toBe(left.length)
        for (const { key, count } of part.facets.opening)
          expect(count).toBe(left.filter(({ opening }) => opening === key).length)
      }),
    )
  })

  it('is looked for without what narrows it', () => {
    const asked = { published: true, status: 'published', theme: 'health' }
    expect(apart(asked)).toEqual({
      search: { published: true, status: 'published' },
      narrowing: { organisation: undefined, theme: 'health', sharing: undefined, opening: undefined },
    })
    expect(apart({ published: true, status: 'published' }).narrowing).toBeUndefined()
  })
})
