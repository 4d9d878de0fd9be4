import { type Contest, listContests } from '@tiaoli/contract/registration-contests'
import { useState } from 'react'
import { usePages } from '../../../kit/api.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { DecideContest } from '../parts/decide-contest.tsx'

/** Registrations that their rightful holders contest, for administrators. */
export default function ContestsPage() {
  const { t, say } = usePortalText()
  const pages = usePages(listContests, { query: {} })
  const [chosen, setChosen] = useState<Contest>()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const registrationOf = ({ contested: { person, organisation, registeredAt, checkedBy } }: Contest) =>
    [
      organisation ? say(organisation.name) : person.name,
      t.contests.registered(formatMoment(registeredAt)),
      t.contests.checkedBy[checkedBy],
    ].join(' · ')
  return (
    <Page title={t.contests.deskTitle} lead={t.contests.deskLead}>
      <Await reading={reading} lines={6}>
        {(read) => {
          const contests = read.flatMap((page) => page.items)
          if (contests.length === 0) return <Empty title={t.contests.none} />
          return (
            <div className="stack">
              <Table
                caption={t.contests.deskTitle}
                rows={contests}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'filed',
                    title: t.contests.filedAt,
                    width: 'unbroken',
                    cell: ({ filedAt }) => formatMoment(filedAt),
                  },
                  {
                    key: 'who',
                    title: t.contests.who,
                    cell: ({ name, contact }) => [name, contact].filter(Boolean).join(' · '),
                  },
                  { key: 'contested', title: t.contests.contested, cell: registrationOf },
                  {
                    key: 'statement',
                    title: t.contests.statement,
                    width: 'roomy',
                    cell: ({ statement }) => statement,
                  },
                  {
                    key: 'outcome',
                    title: t.contests.outcome,
                    cell: (contest) =>
                      contest.decision === null ? (
                        <Button
                          aria-label={t.contests.decideOf(contest.name)}
                          onClick={() => setChosen(contest)}
                        >
                          {t.contests.decide}
                        </Button>
                      ) : (
                        `${t.contests.outcomes[contest.decision.outcome]}：${contest.decision.reasons}`
                      ),
                  },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
      {chosen && <DecideContest key={chosen.id} contest={chosen} onDone={() => setChosen(undefined)} />}
    </Page>
  )
}
