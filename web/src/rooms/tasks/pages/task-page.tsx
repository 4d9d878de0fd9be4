import type { requirableCycles } from '@tiaoli/contract/tasks'
import { startOfCivilDate } from '@tiaoli/kernel/instants'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { Cleanings } from '../parts/cleanings.tsx'
import { TaskState } from '../parts/task-state.tsx'
import { requirementQuestions, sourceQuestions } from '../task-questions.ts'
import { useReport, useRequire, useTask } from '../tasks.queries.ts'

type Cycle = (typeof requirableCycles)[number]

/** One entry's aggregation: what is promised, what came, and its way so far. */
export default function TaskPage() {
  const { t, say, language } = useDeskText()
  const { entryId = '' } = useParams()
  const { data: rulebook } = useRulebook()
  const require = useRequire()
  const report = useReport()
  const [done, setDone] = useState('')
  const moment = (at: string | null) => at && formatMoment(at)
  return (
    <Await reading={useTask(entryId)} lines={10}>
      {(task) => (
        <Page
          title={task.title}
          above={<Link to="/desk/aggregation">{t.tasks.title}</Link>}
          actions={
            rulebook?.tasks?.exception && task.acts.includes('report-source') && task.state !== 'excepted' ? (
              <LinkButton to={`/desk/open/${rulebook.tasks.exception.procedure}?entry=${entryId}`}>
                {say(rulebook.tasks.exception.term)}
              </LinkButton>
            ) : null
          }
        >
          <Section title={t.tasks.standing} note={<ArticleChip article={task.article} />}>
            <p>
              <TaskState task={task} />
            </p>
            <Facts
              facts={[
                [t.tasks.owner, say(task.organisation.name)],
                [t.tasks.cycle, task.cycle ? t.cycles[task.cycle as Cycle] : t.tasks.noCycle],
                [t.tasks.mode, task.mode && t.tasks.modes[task.mode]],
                [
                  t.tasks.requirement,
                  task.requirement &&
                    `${task.requirement.issuer} · ${task.requirement.instrument} · ${task.requirement.on}`,
                ],
                [t.tasks.dueAt, task.dueAt && `${moment(task.dueAt)}${t.tasks.notStatutory}`],
                [t.tasks.loaded, moment(task.loadedAt) ?? t.tasks.neverLoaded],
                [t.tasks.rowsHere, task.rows !== null && formatNumber(task.rows, language)],
                [
                  t.tasks.rowsAtSource,
                  task.source &&
                    `${formatNumber(task.source.rows, language)} ${task.source.measured ? t.tasks.measured : t.tasks.reported}`,
                ],
                [t.tasks.changedAtSource, task.source?.changedAt && moment(task.source.changedAt)],
                [t.tasks.missingRows, task.missingRows ? formatNumber(task.missingRows, language) : null],
                [t.tasks.lag, task.lagSeconds ? t.tasks.minutes(Math.round(task.lagSeconds / 60)) : null],
                [
                  t.tasks.exception,
                  task.exceptionCaseId && (
                    <Link to={`/desk/cases/${task.exceptionCaseId}`}>{t.tasks.toCase}</Link>
                  ),
                ],
              ]}
            />
            <p>
              <Link to={`/entries/${entryId}`}>{t.tasks.toEntry}</Link>
            </p>
          </Section>
          {rulebook?.tasks?.stages && (
            <Section title={t.tasks.way} note={t.tasks.wayNote}>
              <Table
                caption={t.tasks.way}
                rows={task.stages}
                rowKey={({ stage }) => stage}
                columns={[
                  { key: 'stage', title: t.tasks.stage, cell: ({ stage }) => t.tasks.stages[stage] },
                  { key: 'at', title: t.tasks.at, width: 'unbroken', cell: ({ at }) => moment(at) },
                  {
                    key: 'by',
                    title: t.tasks.by,
                    cell: ({ organisation, by }) => `${say(organisation.name)} ${by}`,
                  },
                  {
                    key: 'what',
                    title: t.tasks.what,
                    cell: ({ rows, source }) =>
                      [source, rows !== null && t.tasks.rows(formatNumber(rows, language))]
                        .filter(Boolean)
                        .join(' · '),
                  },
                  { key: 'record', title: '', cell: ({ recordId }) => <ReceiptLink recordId={recordId} /> },
                ]}
              />
            </Section>
          )}
          {rulebook?.assurance.processing && <Cleanings entryId={entryId} hasData={task.rows !== null} />}
          {task.acts.includes('require') && (
            <Section title={t.tasks.require} note={t.tasks.requireNote}>
              <ActForm
                key={`require ${done}`}
                name={t.tasks.require}
                fields={requirementQuestions}
                choosable={[]}
                draftKey={`task-require.${entryId}`}
                submitLabel={t.tasks.saveRequirement}
                follows={<p>{t.tasks.requireFollows}</p>}
                onSubmit={async (answers) => {
                  const { cycle, issuer, instrument, on } = answers as Record<string, string>
                  await require.mutateAsync({
                    params: { entryId },
                    body: { cycle: cycle as Cycle, issuer: issuer!, instrument: instrument!, on: on! },
                  })
                  setDone(new Date().toISOString())
                }}
              />
            </Section>
          )}
          {task.acts.includes('report-source') && (
            <Section title={t.tasks.report} note={t.tasks.reportNote}>
              <ActForm
                key={`report ${done}`}
                name={t.tasks.report}
                fields={sourceQuestions}
                choosable={[]}
                draftKey={`task-report.${entryId}`}
                submitLabel={t.tasks.saveReport}
                follows={<p>{t.tasks.reportFollows}</p>}
                onSubmit={async (answers) => {
                  const { rows, changedOn } = answers as Record<string, string>
                  await report.mutateAsync({
                    params: { entryId },
                    body: { rows: Number(rows), changedAt: startOfCivilDate(changedOn!).toISOString() },
                  })
                  setDone(new Date().toISOString())
                }}
              />
            </Section>
          )}
        </Page>
      )}
    </Await>
  )
}
