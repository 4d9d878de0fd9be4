import type { AgreementModelView } from '@tiaoli/contract/agreements'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { question } from '../../../kit/questions.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAgreementModels, usePublishModel } from '../opening.queries.ts'

export default function AgreementModelsPage() {
  const { t, say } = usePortalText()
  return (
    <Page title={t.agreements.models} lead={t.agreements.modelsLead}>
      <Await reading={useAgreementModels()}>
        {({ items, asks }) => (
          <>
            {asks.length > 0 && <Publish asks={asks} newest={items[0]} />}
            {items.length === 0 && <Empty title={t.agreements.modelsEmpty} />}
            {items.map((model) => (
              <Section
                key={model.version}
                title={t.agreements.version(model.version)}
                note={model.inForce && t.agreements.inForce}
              >
                <Facts
                  facts={[
                    [t.agreements.inForceOn, model.inForceOn],
                    [t.agreements.keptBy, say(model.keptBy.name)],
                    [
                      t.agreements.bodies,
                      model.bodies.map(({ name }) => say(name)).join(t.common.listSeparator),
                    ],
                    [t.agreements.note, model.note],
                    ...model.clauses.map(
                      (clause) =>
                        [
                          say(clause.title),
                          <span key={clause.key} className="pre-line">
                            {clause.text}
                          </span>,
                        ] as const,
                    ),
                  ]}
                />
              </Section>
            ))}
          </>
        )}
      </Await>
    </Page>
  )
}

/** Departments that can be named in the form; the interface itself takes more. */
const bodyKeys = ['body-1', 'body-2', 'body-3'] as const

/** A new version starts from the newest text: what is not changed stays. */
function Publish({
  asks,
  newest,
}: {
  asks: readonly { key: string; title: { zh: string; en: string } }[]
  newest: AgreementModelView | undefined
}) {
  const { t } = usePortalText()
  const publish = usePublishModel()
  const [open, setOpen] = useState(false)
  const initial = Object.fromEntries(newest?.clauses.map(({ key, text }) => [key, text]) ?? [])
  return (
    <Section title={t.agreements.publish}>
      {open ? (
        <ActForm
          name={t.agreements.publish}
          fields={[
            ...asks.map(({ key, title }) => question(key, title, { maxLength: 4000 })),
            ...bodyKeys.map((key, index) =>
              question(key, text('参与制定的部门', 'Department that took part'), {
                kind: 'organisation',
                required: index === 0,
              }),
            ),
            question('inForceOn', text('启用日期', 'In force from'), { kind: 'date' }),
            question('note', text('修订说明', 'What changed'), { required: false, maxLength: 1000 }),
          ]}
          choosable={[]}
          initial={initial}
          draftKey="agreement-model"
          submitLabel={t.agreements.confirmPublish}
          onCancel={() => setOpen(false)}
          onSubmit={async (content) => {
            await publish.mutateAsync({
              body: {
                clauses: Object.fromEntries(asks.map(({ key }) => [key, String(content[key])])),
                bodies: bodyKeys.flatMap((key) => (content[key] ? [String(content[key])] : [])),
                inForceOn: String(content.inForceOn),
                note: String(content.note ?? ''),
              },
            })
            setOpen(false)
          }}
        />
      ) : (
        <Button onClick={() => setOpen(true)}>{t.agreements.publish}</Button>
      )}
    </Section>
  )
}
