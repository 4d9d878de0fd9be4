import type { getRound } from '@tiaoli/contract/rounds'
import { Link, useParams } from 'react-router'
import type { z } from 'zod'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, choiceQuestion, textQuestion } from '../../../kit/ask.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import * as queries from '../compilation.queries.ts'
import { SubmitDrafts } from '../parts/submit-drafts.tsx'

type Round = z.infer<(typeof getRound)['answer']>

export default function RoundPage() {
  const { t, say } = useDeskText()
  const { roundId = '' } = useParams()
  const close = queries.useCloseRound()
  return (
    <Await reading={queries.useRound(roundId)} lines={10}>
      {(round) => (
        <Page
          title={round.title}
          above={<Link to="/desk/compilation">{t.compilation.title}</Link>}
          lead={
            <>
              {say(round.term)} {round.sector} <ArticleChip article={round.article} />{' '}
              {round.closedAt && t.compilation.closed}
            </>
          }
          actions={
            round.closable && (
              <Button onClick={() => void close.mutateAsync({ params: { roundId } })}>
                {t.compilation.closeRound}
              </Button>
            )
          }
        >
          <Section title={t.compilation.progress}>
            <Progress round={round} />
            {round.part === 'organisation' && round.closedAt === null && <SubmitDrafts roundId={roundId} />}
          </Section>
          {round.progress.some(({ part }) => part !== 'organisation') && (
            <Section title={t.compilation.proposals}>
              <Proposals round={round} />
            </Section>
          )}
        </Page>
      )}
    </Await>
  )
}

function Progress({ round }: { round: Round }) {
  const { t, say } = useDeskText()
  const entries = round.progress.flatMap((each) =>
    each.entries.map((entry) => ({ ...entry, body: say(each.organisation.name) })),
  )
  return (
    <>
      <Table
        caption={t.compilation.progress}
        rows={round.progress}
        rowKey={({ organisation }) => organisation.id}
        columns={[
          { key: 'body', title: t.compilation.body, cell: (one) => say(one.organisation.name) },
          { key: 'part', title: t.compilation.part, cell: (one) => t.compilation.parts[one.part] },
          { key: 'ready', title: t.compilation.ready, numeric: true, cell: (one) => one.ready },
          { key: 'returned', title: t.compilation.returned, numeric: true, cell: (one) => one.returned },
          { key: 'published', title: t.compilation.published, numeric: true, cell: (one) => one.published },
        ]}
      />
      {entries.length > 0 && (
        <Table
          caption={t.compilation.entry}
          rows={entries}
          rowKey={({ entryId }) => entryId}
          columns={[
            {
              key: 'entry',
              title: t.compilation.entry,
              cell: (one) => <Link to={`/entries/${one.entryId}`}>{one.title}</Link>,
            },
            { key: 'body', title: t.compilation.body, cell: (one) => one.body },
            { key: 'state', title: t.editor.status, cell: (one) => t.compilation[one.state] },
            {
              key: 'faults',
              title: t.compilation.faults,
              width: 'roomy',
              cell: (one) =>
                one.state === 'returned' &&
                one.faults.map(({ message }) => say(message)).join(t.common.listSeparator),
            },
          ]}
        />
      )}
    </>
  )
}

function Proposals({ round }: { round: Round }) {
  const { t, say } = useDeskText()
  const propose = queries.usePropose()
  const confirm = queries.useConfirmProposal()
  const draft = queries.useDraftProposal()
  const bodies = round.progress.filter(({ part }) => part === 'organisation')
  return (
    <>
      {round.proposals.length > 0 && (
        <Table
          caption={t.compilation.proposals}
          rows={round.proposals}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'title',
              title: t.compilation.proposalTitle,
              cell: (one) =>
                one.entryId ? <Link to={`/desk/entries/${one.entryId}/edit`}>{one.title}</Link> : one.title,
            },
            { key: 'need', title: t.compilation.need, width: 'roomy', cell: (one) => one.need },
            { key: 'provider', title: t.compilation.provider, cell: (one) => say(one.provider.name) },
            {
              key: 'confirmed',
              title: t.compilation.confirmedBy,
              cell: (one) => one.confirmedBy.map(({ name }) => say(name)).join(t.common.listSeparator),
            },
            {
              key: 'acts',
              title: t.cases.acts,
              cell: (one) => {
                const params = { roundId: round.id, proposalId: one.id }
                return (
                  <>
                    {one.confirmable && (
                      <Button onClick={() => void confirm.mutateAsync({ params })}>
                        {t.compilation.confirm}
                      </Button>
                    )}
                    {one.draftable && (
                      <Button onClick={() => void draft.mutateAsync({ params })}>
                        {t.compilation.draft}
                      </Button>
                    )}
                  </>
                )
              },
            },
          ]}
        />
      )}
      {round.part !== null && round.closedAt === null && (
        <ActDrawer
          title={t.compilation.propose}
          draftKey={`proposal.${round.id}`}
          fields={[
            textQuestion('title', { zh: '数据名称', en: 'Data' }),
            textQuestion('need', { zh: '需求', en: 'Need' }, { maxLength: 1000 }),
            choiceQuestion(
              'provider',
              { zh: '提供单位', en: 'Provider' },
              bodies.map(({ organisation }) => ({ key: organisation.id, term: organisation.name })),
            ),
          ]}
          onSubmit={(content) =>
            propose.mutateAsync({
              params: { roundId: round.id },
              body: {
                title: answerOf(content, 'title'),
                need: answerOf(content, 'need'),
                providerId: answerOf(content, 'provider'),
              },
            })
          }
        />
      )}
    </>
  )
}
