import { judgedCatalogue } from '@tiaoli/server/rooms/catalogue/search/test-catalogue'
import { judgedQueries } from '@tiaoli/server/rooms/catalogue/search/test-queries'

const syllables = [...'云石青白南江松竹清平临安长乐永兴']
const kinds = ['区', '县', '镇', '街道']

/** Made-up places with years: so many that each title of the judged catalogue stands there once for each. */
export function places(count: number): string[] {
  const names = syllables.flatMap((first) =>
    syllables.flatMap((second) => kinds.map((kind) => `${first}${second}${kind}`)),
  )
  return Array.from({ length: count }, (_, index) => {
    const place = names[index % names.length]!
    return `${2020 + (Math.floor(index / names.length) % 7)}年${place}`
  })
}

/** Always the same numbers between 0 and 1. */
function* numbers(): Generator<number> {
  let state = 20_260_915
  for (;;) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    yield state / 4_294_967_296
  }
}

/**
 * What many people ask: in ten requests five of the judged queries as they are, three of them with a place, one
 * narrowed to a theme, one list without words.
 */
export function* requests(entries: number): Generator<string> {
  const random = numbers()
  const next = () => random.next().value as number
  const queries = judgedQueries(judgedCatalogue.map(({ title }) => title)).map(({ query }) => query)
  const all = places(Math.ceil(entries / judgedCatalogue.length))
  const themes = ['enterprise', 'society', 'transport', 'environment', 'health', 'education']
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  for (;;) {
    const kind = next()
    const query = one(queries)
    const asked: Record<string, string> =
      kind < 0.5
        ? { q: query }
        : kind < 0.8
          ? { q: `${one(all).slice(5)} ${query}` }
          : kind < 0.9
            ? { q: query, theme: one(themes) }
            : next() < 0.5
              ? {}
              : { theme: one(themes) }
    yield `/api/v1/entries?${new URLSearchParams({ ...asked, limit: '20' })}`
  }
}
