import { Link } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { WrongAnswer } from '../../../kit/act-form/wrong-answer.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, choiceQuestion, dateQuestion, linesOf, textQuestion } from '../../../kit/ask.ts'
import { bodiesNamed } from '../../../kit/bodies-named.ts'
import { formatDate } from '../../../kit/formats.ts'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useOpenRound, useRounds } from '../compilation.queries.ts'

const partOf: Readonly<Record<string, 'regulator' | 'association'>> = {
  主管: 'regulator',
  协会: 'association',
}

/** Compiling rounds: the authority opens them, bodies see those in which they take part. */
export function Rounds() {
  const { t, say } = usePortalText()
  const pages = useRounds()
  const open = useOpenRound()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const { kinds, openable } = read[0]!
        const rounds = read.flatMap((page) => page.items)
        if (kinds.length === 0) return null
        return (
          <Section title={t.compilation.rounds}>
            {rounds.length === 0 ? (
              <p className="quiet">{t.compilation.noRounds}</p>
            ) : (
              <Table
                caption={t.compilation.rounds}
                rows={rounds}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'title',
                    title: t.compilation.roundTitle,
                    cell: (round) => <Link to={`/desk/rounds/${round.id}`}>{round.title}</Link>,
                  },
                  {
                    key: 'kind',
                    title: t.compilation.roundKind,
                    cell: (round) => (
                      <>
                        {say(round.term)} <ArticleChip article={round.article} />
                      </>
                    ),
                  },
                  { key: 'at', title: t.compilation.openedAt, cell: (round) => formatDate(round.openedAt) },
                  {
                    key: 'due',
                    title: t.compilation.roundDue,
                    cell: (round) =>
                      round.closedAt
                        ? t.compilation.closed
                        : round.target && (
                            <>
                              {round.target.dueOn}{' '}
                              <LocalChip
                                instrument={{ zh: round.target.instrument, en: round.target.instrument }}
                              />
                            </>
                          ),
                  },
                ]}
              />
            )}
            <More {...pages} />
            {openable && (
              <ActDrawer
                title={t.compilation.openRound}
                draftKey="round"
                fields={[
                  choiceQuestion(
                    'kind',
                    { zh: '类别', en: 'Kind' },
                    kinds.map(({ key, term }) => ({ key, term })),
                  ),
                  textQuestion('title', { zh: '任务名称', en: 'Title' }),
                  textQuestion('sector', { zh: '行业', en: 'Sector' }, { required: false, maxLength: 100 }),
                  textQuestion(
                    'bodies',
                    { zh: '承担单位', en: 'Bodies' },
                    {
                      help: { zh: t.compilation.bodiesHelp, en: t.compilation.bodiesHelp },
                      maxLength: 10_000,
                    },
                  ),
                  dateQuestion('dueOn', { zh: '期望完成日', en: 'Wanted by' }, { required: false }),
                  textQuestion('instrument', { zh: '所据文件', en: 'Instrument' }, { required: false }),
                ]}
                onSubmit={async (content) => {
                  const lines = linesOf(answerOf(content, 'bodies')).map((line) => line.split(/[|｜]/))
                  const { ids, unknown } = await bodiesNamed(lines.map(([name]) => name!.trim()))
                  if (unknown !== undefined) throw new WrongAnswer(t.compilation.unknownBody(unknown))
                  const [dueOn, instrument] = [answerOf(content, 'dueOn'), answerOf(content, 'instrument')]
                  await open.mutateAsync({
                    body: {
                      kind: answerOf(content, 'kind'),
                      title: answerOf(content, 'title'),
                      sector: answerOf(content, 'sector'),
                      participants: lines.map(([, part], index) => ({
                        organisationId: ids[index]!,
                        part: partOf[part?.trim() ?? ''] ?? 'organisation',
                      })),
                      target: dueOn === '' ? null : { dueOn, instrument },
                    },
                  })
                }}
              />
            )}
          </Section>
        )
      }}
    </Await>
  )
}
