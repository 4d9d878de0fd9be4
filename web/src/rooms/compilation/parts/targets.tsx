import { Link } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, textQuestion } from '../../../kit/ask.ts'
import { formatDate } from '../../../kit/formats.ts'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useCatalogues, useDue, useSetTarget } from '../compilation.queries.ts'

/** Intervals that the city sets itself where the regulation has none, and what is past them. */
export function Targets() {
  return (
    <Await reading={useCatalogues()}>
      {(catalogues) => (
        <>
          {(['review', 'release'] as const).map((key) => {
            const rule = key === 'review' ? catalogues.review : catalogues.releases
            return rule && <Target key={key} which={key} rule={rule} settable={catalogues.publishable} />
          })}
        </>
      )}
    </Await>
  )
}

type Rule = {
  article: string
  term: { zh: string; en: string }
  target: { months: number; instrument: string } | null
}

function Target({ which, rule, settable }: { which: 'review' | 'release'; rule: Rule; settable: boolean }) {
  const { t, say } = usePortalText()
  const set = useSetTarget()
  const { target } = rule
  const help = { zh: t.compilation.intervalHelp, en: t.compilation.intervalHelp }
  return (
    <Section
      title={
        <>
          {say(rule.term)} <ArticleChip article={rule.article} />
        </>
      }
    >
      <p>
        {target === null ? (
          <span className="quiet">{t.compilation.noInterval}</span>
        ) : (
          <>
            {t.compilation.everyMonths(target.months)}{' '}
            <LocalChip instrument={{ zh: target.instrument, en: target.instrument }} />
          </>
        )}
      </p>
      {target !== null && <Due which={which} />}
      {settable && (
        <ActDrawer
          title={t.compilation.setInterval}
          draftKey={`target.${which}`}
          fields={[
            textQuestion('months', { zh: '月数', en: 'Months' }, { help, maxLength: 3 }),
            textQuestion('instrument', { zh: '所据文件', en: 'Instrument' }),
          ]}
          onSubmit={(content) =>
            set.mutateAsync({
              body: {
                key: which,
                months: Number(answerOf(content, 'months')),
                instrument: answerOf(content, 'instrument'),
              },
            })
          }
        />
      )}
    </Section>
  )
}

function Due({ which }: { which: 'review' | 'release' }) {
  const { t, say } = usePortalText()
  const pages = useDue(which)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const due = read.flatMap((page) => page.items)
        if (due.length === 0) return <p className="quiet">{t.compilation.noneDue}</p>
        return (
          <>
            <Table
              caption={which === 'review' ? t.compilation.due : t.compilation.releasesDue}
              rows={due}
              rowKey={({ subject }) => subject}
              columns={[
                {
                  key: 'title',
                  title: which === 'review' ? t.compilation.entry : t.compilation.body,
                  cell: (one) =>
                    which === 'review' ? <Link to={`/entries/${one.subject}`}>{one.title}</Link> : one.title,
                },
                {
                  key: 'organisation',
                  title: t.compilation.provider,
                  cell: (one) => say(one.organisation.name),
                },
                { key: 'last', title: t.compilation.lastAt, cell: (one) => formatDate(one.lastAt) },
                { key: 'due', title: t.compilation.dueOn, cell: (one) => one.dueOn },
              ]}
            />
            <More {...pages} />
          </>
        )
      }}
    </Await>
  )
}
