import type { ProcedureView } from '@tiaoli/contract/rulebook'
import { Link, useParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { SourceChip } from '../../../kit/source-chip.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useProcedures } from '../law.queries.ts'
import { StateDiagram } from '../parts/state-diagram.tsx'

export default function ProcedurePage() {
  const { t } = usePortalText()
  const { procedure = '' } = useParams()
  return (
    <Await reading={useProcedures()} lines={10}>
      {({ items }) => {
        const found = items.find(({ key }) => key === procedure)
        return found ? <Found procedure={found} /> : <Empty title={t.law.noProcedure} />
      }}
    </Await>
  )
}

function Found({ procedure }: { procedure: ProcedureView }) {
  const { t, say } = usePortalText()
  const role = (key: string) => {
    const found = procedure.roles.find((one) => one.key === key)
    return found ? say(found.term) : key
  }
  return (
    <Page
      title={say(procedure.title)}
      above={<Link to="/procedures">{t.law.procedures}</Link>}
      lead={say(procedure.summary)}
      actions={
        <>
          {procedure.opensHere && procedure.about === 'matter' && (
            <LinkButton primary to={`/desk/open/${procedure.key}`}>
              {t.apply.open}
            </LinkButton>
          )}
          {procedure.articles.map((article) => (
            <ArticleChip key={article} article={article} />
          ))}
        </>
      }
    >
      <Section title={t.law.states} note={t.law.statesHelp}>
        <StateDiagram procedure={procedure} />
      </Section>
      <Section title={t.law.clocks} note={t.law.clocksHelp}>
        {procedure.clocks.length === 0 ? (
          <p className="quiet">{t.law.noClocks}</p>
        ) : (
          <Table
            caption={t.law.clocks}
            rows={procedure.clocks}
            rowKey={(clock) => clock.key}
            columns={[
              { key: 'title', title: t.law.clock, cell: (clock) => say(clock.title) },
              {
                key: 'length',
                title: t.law.length,
                cell: (clock) =>
                  clock.workingDays === null ? t.clock.noLength : t.clock.workingDays(clock.workingDays),
              },
              { key: 'owner', title: t.law.owner, cell: (clock) => role(clock.owner) },
              { key: 'source', title: t.law.source, cell: (clock) => <SourceChip of={clock} /> },
            ]}
          />
        )}
      </Section>
    </Page>
  )
}
