import type { FiguresAnswer } from '@tiaoli/contract/figures'
import { Link } from 'react-router'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAsked, useFigures } from '../figures.queries.ts'
import { AskedForm } from '../parts/asked-form.tsx'
import { Bases } from '../parts/bases.tsx'
import { Bodies } from '../parts/bodies.tsx'
import { Files } from '../parts/files.tsx'
import { Months } from '../parts/months.tsx'
import { Summary } from '../parts/summary.tsx'

/** How what was asked was dealt with: for everybody in numbers, for its parties and the authority down to each case. */
export default function FiguresPage() {
  const { t } = usePortalText()
  const [asked, change] = useAsked()
  return (
    <Page title={t.figures.title} lead={t.figures.lead}>
      <Await reading={useFigures(asked)} lines={10}>
        {(answer) => (
          <div className="stack" style={{ '--gap': '36px' } as React.CSSProperties}>
            <AskedForm answer={answer} change={change} />
            <Shown answer={answer} everyBody={() => change({ organisation: '' })} />
          </div>
        )}
      </Await>
    </Page>
  )
}

function Shown({ answer, everyBody }: { answer: FiguresAnswer; everyBody: () => void }) {
  const { t, say } = usePortalText()
  const { total, organisation, bases } = answer
  return (
    <>
      {organisation && answer.by !== 'applicant' && (
        <p className="row">
          <strong>{say(organisation.name)}</strong>
          <button type="button" className="link" onClick={everyBody}>
            {t.figures.everyBody}
          </button>
        </p>
      )}
      <Summary answer={answer} />
      {total.filed === 0 ? (
        <Empty title={t.figures.none} next={<Link to="/procedures">{t.shell.procedures}</Link>}>
          {t.figures.widen}
        </Empty>
      ) : (
        <Section title={t.figures.byMonth}>
          <Months answer={answer} />
        </Section>
      )}
      {answer.organisations.length > 0 && (
        <Section
          title={t.figures.byBody}
          note={answer.organisations.some(({ listed }) => listed) ? t.figures.listed : t.figures.notListed}
        >
          <Bodies answer={answer} />
          <Files answer={answer} />
        </Section>
      )}
      {bases.length > 0 && (
        <Section title={t.figures.bases} note={t.figures.basesLead}>
          <Bases answer={answer} />
        </Section>
      )}
    </>
  )
}
