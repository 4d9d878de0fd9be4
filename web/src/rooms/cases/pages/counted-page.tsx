import { type FigureQuery, figureKeys } from '@tiaoli/contract/figures'
import { Link, useSearchParams } from 'react-router'
import { More } from '../../../kit/more.tsx'
import { useEveryOrganisation } from '../../../kit/organisations.ts'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useCounted } from '../cases.queries.ts'
import { CaseList } from '../parts/case-list.tsx'

const kept = ['from', 'until', 'procedure', 'by', 'organisation'] as const

/** The cases that a figure counts: as many as it says, and no other. */
export default function CountedPage() {
  const { t, say } = usePortalText()
  const [search] = useSearchParams()
  const asked = Object.fromEntries(
    [...kept, 'basis'].flatMap((key) => (search.get(key) ? [[key, search.get(key)!]] : [])),
  ) as Partial<FigureQuery> & { readonly basis?: string }
  const figure = figureKeys.find((key) => key === search.get('figure')) ?? 'filed'
  const pages = useCounted({ ...asked, figure })
  const { data: organisations } = useEveryOrganisation()
  const body = organisations?.find(({ id }) => id === asked.organisation)
  const { basis: _, ...figures } = asked
  const back = `/desk/figures?${new URLSearchParams(figures as Record<string, string>)}`
  return (
    <Page
      title={t.figures.counted}
      above={<Link to={back}>{t.figures.back}</Link>}
      lead={[
        body && say(body.name),
        t.figures.countedOf(t.figures.keys[figure], asked.from ?? '', asked.until ?? ''),
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      <Await reading={{ data: pages.data?.pages, error: pages.error, refetch: pages.refetch }} lines={8}>
        {(read) => {
          const cases = read.flatMap((page) => page.items)
          return cases.length === 0 ? (
            <Empty title={t.figures.none} next={<Link to={back}>{t.figures.back}</Link>} />
          ) : (
            <div className="stack">
              <CaseList cases={cases} label={t.figures.counted} />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )
}
