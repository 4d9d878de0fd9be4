import { type Person, type PersonAct, personActs } from '@tiaoli/contract/people'
import { useState } from 'react'
import { Link } from 'react-router'
import { AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useActOnPerson, useAssignPowers } from '../identity.queries.ts'
import { GivenPassword } from './given-password.tsx'
import { NarrowForm } from './narrow-form.tsx'
import { type Power, PowersChoice } from './powers-choice.tsx'

/** What can be done with one account. */
export function ManagePerson({ person }: { person: Person }) {
  const { t } = useDeskText()
  const assign = useAssignPowers()
  const doIt = useActOnPerson()
  const [powers, setPowers] = useState<Power[]>(person.powers)
  const [act, setAct] = useState<PersonAct | ''>('')
  const [reasons, setReasons] = useState({ assign: '', act: '' })
  const params = { userId: person.id }
  const given = doIt.data?.password
  const reasonsField = (of: 'assign' | 'act') => (
    <AskedLines
      id={`${of}-reasons`}
      label={t.people.reasons}
      rows={2}
      value={reasons[of]}
      onChange={(value) => setReasons((before) => ({ ...before, [of]: value }))}
    />
  )
  const unchanged =
    powers.length === person.powers.length && powers.every((each) => person.powers.includes(each))

  return (
    <Section title={person.name} note={person.username}>
      <div className="stack" style={{ '--gap': '32px' } as React.CSSProperties}>
        <NarrowForm
          label={t.people.assign}
          onSubmit={() => assign.mutate({ params, body: { powers, reasons: reasons.assign } })}
        >
          <PowersChoice
            id="powers"
            label={t.people.powersTitle}
            help={t.people.assignLead}
            value={powers}
            onChange={setPowers}
          />
          {reasonsField('assign')}
          {assign.error && <Failure error={assign.error} />}
          {assign.isSuccess && <p role="status">{t.people.done}</p>}
          <div>
            <Button
              primary
              type="submit"
              busy={assign.isPending}
              disabled={unchanged || reasons.assign.trim() === ''}
            >
              {t.people.assign}
            </Button>
          </div>
        </NarrowForm>
        {given ? (
          <GivenPassword password={given} onDone={() => doIt.reset()} />
        ) : (
          <NarrowForm
            label={t.people.act}
            onSubmit={() => {
              if (act !== '') doIt.mutate({ params: { ...params, act }, body: { reasons: reasons.act } })
            }}
          >
            <Field id="act" label={t.people.act}>
              <Select
                id="act"
                placeholder={t.people.whichAct}
                value={act}
                options={personActs
                  .filter((each) => fits(each, person))
                  .map((value) => ({ value, label: t.people.actNames[value] }))}
                onChange={(value) => setAct(value as PersonAct | '')}
              />
            </Field>
            {reasonsField('act')}
            {doIt.error && <Failure error={doIt.error} />}
            {doIt.isSuccess && <p role="status">{t.people.done}</p>}
            <div>
              <Button
                type="submit"
                danger
                busy={doIt.isPending}
                disabled={act === '' || reasons.act.trim() === ''}
              >
                {t.people.carryOut}
              </Button>
            </div>
          </NarrowForm>
        )}
        <Link to={`/desk/account-events?person=${person.id}`}>{t.people.audit}</Link>
      </div>
    </Section>
  )
}

/** Whether an act has anything to do on an account as it stands. */
function fits(act: PersonAct, { closedAt, lockedUntil, secondFactor }: Person): boolean {
  switch (act) {
    case 'close':
      return closedAt === null
    case 'reopen':
      return closedAt !== null
    case 'unlock':
      return lockedUntil !== null
    case 'reset-second-factor':
      return secondFactor
    case 'give-password':
      return closedAt === null
  }
}
