import { useSearchParams } from 'react-router'
import { EntryList } from '../../../kit/entry-list.tsx'
import { Select } from '../../../kit/field.tsx'
import { Follow } from '../../../kit/follow.tsx'
import { formatNumber } from '../../../kit/formats.ts'
import { LinkButton } from '../../../kit/link-button.tsx'
import { More } from '../../../kit/more.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { SearchBox } from '../../../kit/search-box.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useTitle } from '../../../kit/use-title.ts'
import { useText } from '../../../text/use-text.ts'
import { useEntries } from '../catalogue.queries.ts'
import { Facets } from '../parts/facets.tsx'
import styles from './search-page.module.css'

const sorts = ['relevance', 'updated', 'title'] as const
type Sort = (typeof sorts)[number]

export default function SearchPage() {
  const { t, language } = useText()
  const [search, setSearch] = useSearchParams()
  const given = (name: string) => search.get(name) ?? undefined
  const query = given('q') ?? ''
  const sort = sorts.find((one) => one === search.get('sort')) ?? (query ? 'relevance' : 'updated')
  const pages = useEntries({
    q: query || undefined,
    organisation: given('organisation'),
    theme: given('theme'),
    priority: given('priority'),
    sharing: given('sharing'),
    opening: given('opening'),
    sort,
  })
  useTitle(query ? t.search.titleFor(query) : t.search.title)

  function set(name: string, value: string | null) {
    setSearch((now) => {
      const next = new URLSearchParams(now)
      if (value) next.set(name, value)
      else next.delete(name)
      return next
    })
  }

  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <div className={styles.search}>
      <h1 className="visually-hidden">{t.search.title}</h1>
      <SearchBox />
      <Await reading={reading} lines={12}>
        {(read) => {
          const first = read[0]!
          const entries = read.flatMap((page) => page.items)
          return (
            <div className={styles.columns}>
              <Facets facets={first.facets} chosen={given} onChoose={set} />
              <div className="stack">
                <h2 className="visually-hidden">{t.search.results}</h2>
                <div className="row spread">
                  <p role="status">
                    <strong className="number">
                      {(first.exact ? t.search.found : t.search.foundAtLeast)(
                        formatNumber(first.total, language),
                      )}
                    </strong>
                  </p>
                  <Following given={given} />
                  <Select
                    small
                    aria-label={t.search.sort}
                    value={sort}
                    options={sorts
                      .filter((key) => query || key !== 'relevance')
                      .map((key) => ({ value: key, label: t.search.sorts[key] }))}
                    onChange={(value) => set('sort', value as Sort)}
                  />
                </div>
                {first.partly && <p className="quiet">{t.search.partly}</p>}
                {!first.exact && <p className="quiet">{t.search.countedTo}</p>}
                {entries.length === 0 ? <Nothing query={query} /> : <EntryList entries={entries} />}
                <More {...pages} />
              </div>
            </div>
          )
        }}
      </Await>
    </div>
  )
}

/** Nothing was found: another word, or, where the city takes them, a demand for what is missing. */
function Nothing({ query }: { query: string }) {
  const { t } = useText()
  const { data: rulebook } = useRulebook()
  const demands = rulebook?.opening.demands === true
  const address =
    query === '' ? '/demands' : `/demands?${new URLSearchParams({ title: query.slice(0, 100) })}`
  return (
    <Empty
      title={t.search.nothing}
      next={demands && <LinkButton to={`${address}#file`}>{t.search.demand}</LinkButton>}
    >
      {t.search.nothingWhy} {demands && t.search.demandWhy}
    </Empty>
  )
}

const followed = ['q', 'organisation', 'theme', 'priority', 'sharing', 'opening'] as const

/** A list that somebody has narrowed can be followed: all of one organisation, or what the search finds. */
function Following({ given }: { given: (name: string) => string | undefined }) {
  const search = Object.fromEntries(
    followed.flatMap((name) => {
      const value = given(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const parts = Object.keys(search)
  if (parts.length === 0) return null
  const { organisation } = search
  return (
    <Follow
      target={
        parts.length === 1 && organisation !== undefined ? { organisationId: organisation } : { search }
      }
    />
  )
}
