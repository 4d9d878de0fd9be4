import type { AgreementSummary } from '@tiaoli/contract/agreements'
import { Link, useSearchParams } from 'react-router'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { type AgreementBox, useAgreements, useAgreementTasks } from '../opening.queries.ts'
import { TasksTable } from '../parts/tasks-table.tsx'

const boxes = ['held', 'concluded', 'copies'] as const

export default function AgreementsPage() {
  const { t } = usePortalText()
  const [search, setSearch] = useSearchParams()
  const { data: session } = useSession()
  const user = session?.user
  const authority = user?.powers.includes('officer') === true
  const usual: AgreementBox = authority ? 'concluded' : user?.powers.includes('steward') ? 'copies' : 'held'
  const box = boxes.find((one) => one === search.get('box')) ?? usual
  const offered = boxes.filter((one) =>
    one === 'concluded' ? authority : one === 'held' || user?.organisation,
  )
  return (
    <Page
      title={t.agreements.short}
      lead={t.agreements.lead}
      actions={<Link to="/agreement-models">{t.agreements.toModels}</Link>}
    >
      {user?.organisation && (
        <Switch
          label={t.agreements.box}
          value={box}
          options={offered.map((value) => ({ value, label: t.agreements.boxes[value] }))}
          onChange={(value) => setSearch({ box: value }, { replace: true })}
        />
      )}
      {box !== 'copies' && <OpenTasks side={box} />}
      <List box={box} />
    </Page>
  )
}

function OpenTasks({ side }: { side: 'held' | 'concluded' }) {
  const { t } = usePortalText()
  return (
    <Section title={t.agreements.openTasks}>
      <Await reading={useAgreementTasks(side, true)}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{t.agreements.openTasksEmpty}</p>
          ) : (
            <TasksTable tasks={items} withAgreement />
          )
        }
      </Await>
    </Section>
  )
}

function List({ box }: { box: AgreementBox }) {
  const { t, say } = usePortalText()
  const pages = useAgreements(box)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const copyColumns = [
    {
      key: 'copied',
      title: t.agreements.copied,
      width: 'unbroken' as const,
      cell: ({ copy }: AgreementSummary) => copy && formatMoment(copy.deliveredAt),
    },
    {
      key: 'opened',
      title: t.agreements.opened,
      cell: ({ copy }: AgreementSummary) =>
        copy?.openedAt ? formatMoment(copy.openedAt) : t.agreements.notOpened,
    },
  ]
  return (
    <Await reading={reading} lines={6}>
      {(read) => {
        const agreements = read.flatMap((page) => page.items)
        if (agreements.length === 0) return <Empty title={t.agreements.empty[box]} />
        return (
          <div className="stack">
            <Table
              caption={t.agreements.boxes[box]}
              rows={agreements}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: 'number',
                  title: t.agreements.number,
                  width: 'unbroken',
                  cell: ({ id, number }) => <Link to={`/desk/agreements/${id}`}>{number}</Link>,
                },
                { key: 'entry', title: t.agreements.entry, cell: ({ entry }) => entry.title },
                {
                  key: 'user',
                  title: t.agreements.user,
                  cell: ({ user }) => (user.organisation ? say(user.organisation.name) : user.name),
                },
                { key: 'standing', title: t.agreements.standing, cell: standing },
                {
                  key: 'until',
                  title: t.agreements.until,
                  width: 'unbroken',
                  cell: ({ untilOn }) => untilOn,
                },
                ...(box === 'copies' ? copyColumns : []),
              ]}
            />
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )

  function standing({ standing, missedTasks }: AgreementSummary) {
    return (
      <>
        {t.agreements.standings[standing]}
        {missedTasks > 0 && <strong> · {t.agreements.missed(missedTasks)}</strong>}
      </>
    )
  }
}
