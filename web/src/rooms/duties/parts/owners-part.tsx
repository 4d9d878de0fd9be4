import type { Duty } from '@tiaoli/contract/duties'
import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { CheckboxGroup } from '../../../kit/controls/checkbox.tsx'
import { FieldGroup } from '../../../kit/field.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { useEveryOrganisation } from '../../../kit/organisations.ts'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAssignDuty } from '../duties.queries.ts'
import { DutyStateWord } from './duty-state.tsx'

/** Who answers for the duty, and how each stands; the authority names them here. */
export function OwnersPart({ duty }: { duty: Duty }) {
  const { t, say } = usePortalText()
  const [editing, setEditing] = useState(false)
  const named = duty.owners.some(({ assigned }) => assigned)
  return (
    <Section title={t.duties.owners} note={named ? t.duties.named : t.duties.byKind}>
      <div className="stack">
        {duty.owners.length === 0 ? (
          <p className="quiet">{t.duties.noOwner}</p>
        ) : (
          <Table
            caption={t.duties.owners}
            rows={duty.owners}
            rowKey={({ organisation }) => organisation.id}
            columns={[
              {
                key: 'name',
                title: t.duties.owners,
                cell: ({ organisation }) => say(organisation.name),
              },
              {
                key: 'next',
                title: t.duties.next,
                width: 'unbroken',
                cell: ({ nextDueOn }) => nextDueOn ?? <span className="quiet">{t.duties.noDate}</span>,
              },
              {
                key: 'count',
                title: t.duties.evidence,
                numeric: true,
                cell: ({ evidenceCount }) => evidenceCount,
              },
              {
                key: 'last',
                title: t.duties.at,
                width: 'unbroken',
                cell: ({ lastEvidenceAt }) => lastEvidenceAt && formatMoment(lastEvidenceAt),
              },
              {
                key: 'state',
                title: t.duties.standing,
                cell: ({ state }) => <DutyStateWord state={state} />,
              },
            ]}
          />
        )}
        {duty.allowed.manage &&
          (editing ? (
            <Choose duty={duty} done={() => setEditing(false)} />
          ) : (
            <div>
              <Button onClick={() => setEditing(true)}>{t.duties.assign}</Button>
            </div>
          ))}
      </div>
    </Section>
  )
}

function Choose({ duty, done }: { duty: Duty; done: () => void }) {
  const { t, say } = usePortalText()
  const assign = useAssignDuty()
  const [chosen, setChosen] = useState(
    duty.owners.filter(({ assigned }) => assigned).map(({ organisation }) => organisation.id),
  )
  const save = async () => {
    await assign.mutateAsync({ params: { obligation: duty.id }, body: { organisationIds: chosen, note: '' } })
    done()
  }
  return (
    <Await reading={useEveryOrganisation()}>
      {(organisations) => (
        <form
          className="stack"
          aria-label={t.duties.assign}
          onSubmit={(event) => {
            event.preventDefault()
            void save().catch(() => undefined)
          }}
        >
          <FieldGroup id="duty-owners" label={t.duties.assign} help={t.duties.assignHelp}>
            <CheckboxGroup
              value={chosen}
              options={organisations.map(({ id, name }) => ({ value: id, label: say(name) }))}
              onChange={(values) => setChosen(values)}
            />
          </FieldGroup>
          {assign.error && <Failure error={assign.error} />}
          <div className="row">
            <Button primary type="submit" busy={assign.isPending}>
              {t.duties.saveOwners}
            </Button>
            <Button onClick={done}>{t.common.back}</Button>
          </div>
        </form>
      )}
    </Await>
  )
}
