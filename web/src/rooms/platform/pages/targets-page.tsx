import { ProblemError } from '@tiaoli/contract/client'
import { type ClockTarget, listClockTargets, setClockTarget } from '@tiaoli/contract/targets'
import { useState } from 'react'
import { useAct, useRoute } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { Page } from '../../../kit/page.tsx'
import { ProblemView } from '../../../kit/problem-view.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** Steps to which the regulation gives no number, and the city's own targets for them. */
export default function TargetsPage() {
  const { t, say } = useDeskText()
  return (
    <Page title={t.targets.title} lead={t.targets.lead}>
      <Await reading={useRoute(listClockTargets, {})} lines={6}>
        {({ items, canSet }) => (
          <Table
            caption={t.targets.title}
            rows={items}
            rowKey={(each) => `${each.procedure.key} ${each.clock.key}`}
            columns={[
              {
                key: 'procedure',
                title: t.targets.procedure,
                cell: (each) => say(each.procedure.title),
              },
              {
                key: 'clock',
                title: t.targets.clock,
                cell: (each) => (
                  <>
                    {say(each.clock.title)}{' '}
                    {each.clock.article && <ArticleChip article={each.clock.article} />}
                  </>
                ),
              },
              {
                key: 'target',
                title: t.targets.target,
                width: 'roomy',
                cell: (each) => (
                  <div className="stack">
                    <span>
                      {each.workingDays === null ? (
                        <span className="quiet">{t.targets.none}</span>
                      ) : (
                        <>
                          {t.targets.days(each.workingDays)} <LocalChip instrument={each.instrument} />
                        </>
                      )}
                    </span>
                    {canSet && (
                      <details>
                        <summary>{t.targets.set}</summary>
                        <SetTarget of={each} />
                      </details>
                    )}
                  </div>
                ),
              },
            ]}
          />
        )}
      </Await>
    </Page>
  )
}

/** Working days as they are typed; what is no whole number from 1 to 250 is none. */
function wholeDays(typed: string): number | null {
  const days = Number(typed)
  return Number.isInteger(days) && days >= 1 && days <= 250 ? days : null
}

function SetTarget({ of }: { of: ClockTarget }) {
  const { t } = useDeskText()
  const set = useAct(setClockTarget)
  const [days, setDays] = useState<number | null>(of.workingDays)
  const [zh, setZh] = useState(of.instrument?.zh ?? '')
  const [en, setEn] = useState(of.instrument?.en ?? '')
  const send = (workingDays: number | null) =>
    set.mutate({
      params: { procedure: of.procedure.key, clock: of.clock.key },
      body: { workingDays, instrument: { zh, en: en.trim() === '' ? zh : en } },
    })
  return (
    <div className="row">
      <Input
        type="number"
        aria-label={t.targets.workingDays}
        placeholder={t.targets.workingDays}
        min={1}
        max={250}
        step={1}
        value={days ?? ''}
        onChange={(event) => setDays(wholeDays(event.target.value))}
      />
      <Input
        aria-label={t.targets.instrumentZh}
        placeholder={t.targets.instrumentZh}
        maxLength={200}
        value={zh}
        onChange={(event) => setZh(event.target.value)}
      />
      <Input
        aria-label={t.targets.instrumentEn}
        placeholder={t.targets.instrumentEn}
        maxLength={200}
        value={en}
        onChange={(event) => setEn(event.target.value)}
      />
      <Button disabled={days === null || zh.trim() === ''} busy={set.isPending} onClick={() => send(days)}>
        {t.targets.set}
      </Button>
      {of.workingDays !== null && (
        <Button danger disabled={zh.trim() === ''} busy={set.isPending} onClick={() => send(null)}>
          {t.targets.lift}
        </Button>
      )}
      {set.error instanceof ProblemError && <ProblemView problem={set.error.problem} />}
    </div>
  )
}
