import type { ResultView } from '@tiaoli/contract/results'
import { Link, useSearchParams } from 'react-router'
import { formatDate } from '../../../kit/formats.ts'
import { LinkButton } from '../../../kit/link-button.tsx'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { type ResultBox, useResults } from '../opening.queries.ts'
import { CheckResult } from '../parts/check-result.tsx'
import { RegisterResult } from '../parts/register-result.tsx'

export default function ResultsPage() {
  const { t } = usePortalText()
  const [search, setSearch] = useSearchParams()
  const { data: session } = useSession()
  const user = session?.user
  const boxes: ResultBox[] = [
    'shown',
    ...(user ? (['mine'] as const) : []),
    ...(user?.organisation ? (['of-our-data'] as const) : []),
    ...(user?.powers.includes('officer') ? (['to-check'] as const) : []),
  ]
  const box = boxes.find((one) => one === search.get('box')) ?? 'shown'
  const pages = useResults(box)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.results.title} lead={t.results.lead}>
      {boxes.length > 1 && (
        <Switch
          label={t.results.box}
          value={box}
          options={boxes.map((value) => ({ value, label: t.results.boxes[value] }))}
          onChange={(value) => setSearch({ box: value }, { replace: true })}
        />
      )}
      <Await reading={reading} lines={6}>
        {(read) => {
          const results = read.flatMap((page) => page.items)
          return (
            <div className="stack">
              {results.length === 0 && <Empty title={t.results.empty} />}
              {results.map((result) => (
                <Result key={result.id} result={result} />
              ))}
              <More {...pages} />
              <Section title={t.results.register} note={t.results.registerLead}>
                {user ? (
                  <RegisterResult kinds={read[0]?.kinds ?? []} />
                ) : (
                  <div>
                    <LinkButton to="/sign-in?to=%2Fresults">{t.results.signIn}</LinkButton>
                  </div>
                )}
              </Section>
            </div>
          )
        }}
      </Await>
    </Page>
  )
}

function Result({ result }: { result: ResultView }) {
  const { t, say } = usePortalText()
  return (
    <article className="stack" style={{ '--gap': '6px' } as React.CSSProperties}>
      <h3>
        {result.url ? (
          <a href={result.url} rel="noreferrer nofollow">
            {result.title}
          </a>
        ) : (
          result.title
        )}{' '}
        <span className="quiet small">
          {say(result.kind.term)} · {t.results.standings[result.standing]}
        </span>
      </h3>
      {result.summary && <p>{result.summary}</p>}
      <p className="small">
        {t.results.sourcesOf}{' '}
        {result.sources.map(({ id, title, number }) => (
          <Link key={id} to={`/entries/${id}`}>
            《{title}》{number}{' '}
          </Link>
        ))}
      </p>
      <p className="quiet small">
        {t.results.by}{' '}
        {result.by.organisation ? say(result.by.organisation.name) : result.by.name || t.results.aPerson} ·{' '}
        {formatDate(result.registeredAt)}
        {result.reasons && ` · ${result.reasons}`}
      </p>
      {result.mayCheck && <CheckResult result={result} />}
    </article>
  )
}
