import type { ReassessedEntry } from '@tiaoli/contract/opening-report'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { question } from '../../../kit/questions.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { opening as en } from '../../../text/en/desk/opening.ts'
import { useDeskText } from '../../../text/use-text.ts'
import { opening as zh } from '../../../text/zh/desk/opening.ts'
import { useAssess, useConvert, useReassessments, useSetReassessment } from '../opening.queries.ts'

const findings = ['keep', 'qualifies'] as const
type Key = 'months' | 'instrument' | 'finding' | 'reasons' | 'note'
type Chosen = { readonly of: ReassessedEntry; readonly act: 'assess' | 'convert' }
const word = (key: Key) => text(zh.reassess[key], en.reassess[key])

export default function ReassessmentsPage() {
  const { t } = useDeskText()
  const [chosen, choose] = useState<Chosen | null>(null)
  return (
    <Await reading={useReassessments()} lines={8}>
      {({ items, setting, maySet, article }) => (
        <Page
          title={t.reassess.title}
          lead={
            <>
              {t.reassess.lead} {article && <ArticleChip article={article} />}
            </>
          }
        >
          <Section title={t.reassess.setting}>
            <div className="stack">
              {setting ? (
                <p>
                  {t.reassess.every(setting.everyMonths, setting.instrument)} <LocalChip instrument={null} />
                </p>
              ) : (
                <p className="quiet">{t.reassess.notSet}</p>
              )}
              {maySet && <SetInterval />}
            </div>
          </Section>
          {items.length === 0 ? (
            <Empty title={t.reassess.empty} />
          ) : (
            <Entries items={items} onChoose={choose} />
          )}
          {chosen?.act === 'assess' && (
            <Assess key={chosen.of.entry.id} of={chosen.of} onDone={() => choose(null)} />
          )}
          {chosen?.act === 'convert' && (
            <Convert key={chosen.of.entry.id} of={chosen.of} onDone={() => choose(null)} />
          )}
        </Page>
      )}
    </Await>
  )
}

function Entries(props: { items: readonly ReassessedEntry[]; onChoose: (chosen: Chosen) => void }) {
  const { t, say } = useDeskText()
  return (
    <Table
      caption={t.reassess.title}
      rows={props.items}
      rowKey={({ entry }) => entry.id}
      columns={[
        {
          key: 'entry',
          title: t.reassess.entry,
          cell: ({ entry, provider }) => (
            <>
              <Link to={`/entries/${entry.id}`}>{entry.title}</Link>
              <span className="quiet small"> {say(provider.name)}</span>
            </>
          ),
        },
        {
          key: 'conditions',
          title: t.reassess.conditions,
          width: 'roomy',
          cell: ({ conditions }) => conditions,
        },
        {
          key: 'next',
          title: t.reassess.nextOn,
          width: 'unbroken',
          cell: ({ nextOn, due }) => nextOn && `${nextOn}${due ? ` · ${t.reassess.due}` : ''}`,
        },
        {
          key: 'last',
          title: t.reassess.last,
          cell: ({ last, waitsForConversion }) =>
            waitsForConversion ? (
              <strong>{t.reassess.waits}</strong>
            ) : (
              last && t.reassess.findings[last.finding]
            ),
        },
        { key: 'grants', title: t.reassess.grants, numeric: true, cell: ({ liveGrants }) => liveGrants },
        {
          key: 'assess',
          title: t.reassess.assess,
          cell: (of) => (
            <>
              {of.mayAssess && (
                <Button
                  small
                  aria-label={`${t.reassess.assess} ${of.entry.title}`}
                  onClick={() => props.onChoose({ of, act: 'assess' })}
                >
                  {t.reassess.assess}
                </Button>
              )}{' '}
              {of.mayConvert && (
                <Button
                  small
                  primary
                  aria-label={`${t.reassess.convert} ${of.entry.title}`}
                  onClick={() => props.onChoose({ of, act: 'convert' })}
                >
                  {t.reassess.convert}
                </Button>
              )}
            </>
          ),
        },
      ]}
    />
  )
}

function SetInterval() {
  const { t } = useDeskText()
  const set = useSetReassessment()
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t.reassess.set}</Button>
      </div>
    )
  return (
    <ActForm
      name={t.reassess.set}
      fields={[
        question('everyMonths', word('months'), { maxLength: 3 }),
        question('instrument', word('instrument'), { minLength: 2, maxLength: 200 }),
      ]}
      choosable={[]}
      draftKey="reassessment-interval"
      submitLabel={t.reassess.set}
      onCancel={() => setOpen(false)}
      onSubmit={async ({ everyMonths, instrument }) => {
        await set.mutateAsync({
          body: { everyMonths: Number(everyMonths), instrument: String(instrument) },
        })
        setOpen(false)
      }}
    />
  )
}

function Assess({ of, onDone }: { of: ReassessedEntry; onDone: () => void }) {
  const { t } = useDeskText()
  const assess = useAssess()
  return (
    <Section title={`${t.reassess.assess}: ${of.entry.title}`}>
      <ActForm
        name={t.reassess.assess}
        fields={[
          question('finding', word('finding'), {
            kind: 'choice',
            choices: findings.map((key) => ({
              key,
              term: text(zh.reassess.findings[key], en.reassess.findings[key]),
            })),
          }),
          question('reasons', word('reasons')),
        ]}
        choosable={[]}
        draftKey={`assess.${of.entry.id}`}
        submitLabel={t.reassess.assess}
        follows={<p>{t.reassess.follows}</p>}
        onCancel={onDone}
        onSubmit={async ({ finding, reasons }) => {
          await assess.mutateAsync({
            params: { entryId: of.entry.id },
            body: { finding: finding as (typeof findings)[number], reasons: String(reasons) },
          })
          onDone()
        }}
      />
    </Section>
  )
}

function Convert({ of, onDone }: { of: ReassessedEntry; onDone: () => void }) {
  const { t } = useDeskText()
  const convert = useConvert()
  return (
    <Section title={`${t.reassess.convert}: ${of.entry.title}`}>
      {of.last && <p className="quiet">{of.last.reasons}</p>}
      <ActForm
        name={t.reassess.convert}
        fields={[question('note', word('note'), { maxLength: 1000 })]}
        choosable={[]}
        draftKey={`convert.${of.entry.id}`}
        submitLabel={t.reassess.convert}
        follows={<p>{t.reassess.converting}</p>}
        onCancel={onDone}
        onSubmit={async ({ note }) => {
          await convert.mutateAsync({ params: { entryId: of.entry.id }, body: { note: String(note) } })
          onDone()
        }}
      />
    </Section>
  )
}
