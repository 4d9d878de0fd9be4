import type { DemandView } from '@tiaoli/contract/demands'
import { text } from '@tiaoli/kernel/text'
import { Link, useSearchParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { LinkButton } from '../../../kit/link-button.tsx'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { question } from '../../../kit/questions.ts'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { opening as en } from '../../../text/en/opening.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { opening as zh } from '../../../text/zh/opening.ts'
import { type DemandBox, useBackDemand, useDemands, useFileDemand } from '../opening.queries.ts'
import { AnswerDemand } from '../parts/answer-demand.tsx'

export default function DemandsPage() {
  const { t } = usePortalText()
  const [search, setSearch] = useSearchParams()
  const { data: session } = useSession()
  const user = session?.user
  const boxes: DemandBox[] = [
    'all',
    ...(user ? (['mine'] as const) : []),
    ...(user?.organisation ? (['to-answer'] as const) : []),
  ]
  const box = boxes.find((one) => one === search.get('box')) ?? 'all'
  const pages = useDemands(box)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const article = pages.data?.pages[0]?.article
  return (
    <Page
      title={t.demands.title}
      lead={
        <>
          {t.demands.lead} {article && <ArticleChip article={article} />}
        </>
      }
    >
      {boxes.length > 1 && (
        <Switch
          label={t.demands.box}
          value={box}
          options={boxes.map((value) => ({ value, label: t.demands.boxes[value] }))}
          onChange={(value) => setSearch({ box: value }, { replace: true })}
        />
      )}
      <Await reading={reading} lines={6}>
        {(read) => {
          const demands = read.flatMap((page) => page.items)
          return (
            <div className="stack" style={{ '--gap': '24px' } as React.CSSProperties}>
              {demands.length === 0 && <Empty title={t.demands.empty} />}
              {demands.map((demand) => (
                <Demand key={demand.id} demand={demand} signedIn={user !== null && user !== undefined} />
              ))}
              <More {...pages} />
            </div>
          )
        }}
      </Await>
      <Section title={t.demands.file} id="file">
        {user ? (
          <FileDemand wanted={search.get('title') ?? ''} />
        ) : (
          <div>
            <LinkButton to="/sign-in?to=%2Fdemands">{t.demands.signIn}</LinkButton>
          </div>
        )}
      </Section>
    </Page>
  )
}

function Demand({ demand, signedIn }: { demand: DemandView; signedIn: boolean }) {
  const { t, say } = usePortalText()
  const back = useBackDemand()
  return (
    <article className="stack" style={{ '--gap': '6px' } as React.CSSProperties}>
      <h3>
        {demand.title}{' '}
        <span className="quiet small">
          {t.demands.backers(demand.backers)} · {t.demands.standings[demand.standing]}
        </span>
      </h3>
      {demand.detail && <p className="pre-line">{demand.detail}</p>}
      <p className="quiet small">
        {formatDate(demand.filedAt)} · {t.demands.addressee}{' '}
        {demand.addressee ? say(demand.addressee.name) : t.demands.nobodyYet}
      </p>
      {demand.answer && (
        <blockquote className="stack" style={{ margin: 0 }}>
          <p>
            <strong>{t.demands.kinds[demand.answer.kind]}</strong> · {say(demand.answer.by.name)} ·{' '}
            {formatDate(demand.answer.at)}
          </p>
          <p className="pre-line">{demand.answer.text}</p>
          {demand.answer.entry && (
            <Link to={`/entries/${demand.answer.entry.id}`}>{demand.answer.entry.title}</Link>
          )}
        </blockquote>
      )}
      {signedIn && demand.standing === 'open' && (
        <div className="row">
          {demand.backed ? (
            <span className="quiet">{t.demands.backed}</span>
          ) : (
            <Button busy={back.isPending} onClick={() => back.mutate({ params: { demandId: demand.id } })}>
              {t.demands.back}
            </Button>
          )}
        </div>
      )}
      {(demand.mayAnswer || demand.mayRefer) && <AnswerDemand demand={demand} />}
    </article>
  )
}

/** `wanted`: what somebody looked for and did not find. */
function FileDemand({ wanted }: { wanted: string }) {
  const { t } = usePortalText()
  const file = useFileDemand()
  const word = (key: 'name' | 'detail' | 'organisation') => text(zh.demands[key], en.demands[key])
  return (
    <ActForm
      key={file.data?.id ?? ''}
      name={t.demands.file}
      {...(wanted === '' ? {} : { initial: { title: wanted } })}
      fields={[
        question('title', word('name'), { minLength: 2, maxLength: 100 }),
        question('detail', word('detail'), { required: false }),
        question('organisation', word('organisation'), { kind: 'organisation', required: false }),
      ]}
      choosable={[]}
      draftKey={wanted === '' ? 'demand' : `demand ${wanted}`}
      submitLabel={t.demands.submit}
      onSubmit={({ title, detail, organisation }) =>
        file.mutateAsync({
          body: {
            title: String(title),
            detail: String(detail ?? ''),
            ...(organisation ? { organisation: String(organisation) } : {}),
          },
        })
      }
    />
  )
}
