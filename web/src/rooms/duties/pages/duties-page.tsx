import { type DutySummary, dutyStates } from '@tiaoli/contract/duties'
import { Link, useSearchParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Select } from '../../../kit/field.tsx'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useDuties } from '../duties.queries.ts'
import { DutyStateWord } from '../parts/duty-state.tsx'

const boxes = ['mine', 'all'] as const

/** What is due, first; then what has no evidence yet; then the rest in the order of the articles. */
export default function DutiesPage() {
  const { t, say } = usePortalText()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const seesAll = session?.user?.powers.some((power) => power === 'officer' || power === 'supervisor')
  const box = boxes.find((one) => one === search.get('box')) ?? (seesAll ? 'all' : 'mine')
  const state = dutyStates.find((one) => one === search.get('state'))
  const pages = useDuties(box, state)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const choose = (next: { box?: string; state?: string }) => {
    const wanted = { box, ...(state ? { state } : {}), ...next }
    setSearch(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '')), {
      replace: true,
    })
  }
  return (
    <Page title={t.duties.title} lead={box === 'all' ? t.duties.leadAll : t.duties.lead}>
      <div className="row">
        {seesAll && (
          <Switch
            label={t.duties.box}
            value={box}
            options={boxes.map((value) => ({ value, label: t.duties.boxes[value] }))}
            onChange={(value) => choose({ box: value })}
          />
        )}
        <Await reading={reading} lines={1}>
          {([first]) => (
            <Select
              small
              aria-label={t.duties.onlyState}
              value={state ?? ''}
              placeholder={t.duties.every}
              options={dutyStates.map((value) => ({
                value,
                label: `${t.duties.states[value]} ${first?.counts[value] ?? 0}`,
              }))}
              onChange={(value) => choose({ state: value })}
            />
          )}
        </Await>
      </div>
      <Await reading={reading} lines={10}>
        {(read) => {
          const duties = read.flatMap((page) => page.items)
          if (duties.length === 0) return <Empty title={t.duties.empty} />
          return (
            <div className="stack">
              <Table
                caption={t.duties.title}
                rows={duties}
                rowKey={(duty) => duty.id}
                columns={[
                  {
                    key: 'duty',
                    title: t.duties.duty,
                    width: 'roomy',
                    cell: (duty) => (
                      <>
                        <Link to={`/desk/duties/${encodeURIComponent(duty.id)}`}>{say(duty.title)}</Link>{' '}
                        <ArticleChip article={duty.id} />
                        {duty.modality !== 'order' && (
                          <span className="quiet small"> {t.register.modalities[duty.modality]}</span>
                        )}
                      </>
                    ),
                  },
                  { key: 'owners', title: t.duties.owners, cell: owners },
                  { key: 'next', title: t.duties.next, width: 'unbroken', cell: nextDate },
                  {
                    key: 'state',
                    title: t.duties.standing,
                    cell: (duty) => <DutyStateWord state={duty.state} />,
                  },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )

  function owners({ owners: all }: DutySummary) {
    const [first] = all
    if (first === undefined) return <span className="quiet">{t.duties.noOwner}</span>
    const name = say(first.organisation.name)
    return all.length === 1 ? name : t.duties.andOthers(name, all.length - 1)
  }

  function nextDate({ owners: all }: DutySummary) {
    const next = all.flatMap(({ nextDueOn }) => nextDueOn ?? []).sort()[0]
    return next ?? <span className="quiet">{t.duties.noDate}</span>
  }
}
