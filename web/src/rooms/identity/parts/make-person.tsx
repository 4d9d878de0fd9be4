import { useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { useEveryOrganisation } from '../../../kit/organisations.ts'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useMakePerson } from '../identity.queries.ts'
import { GivenPassword } from './given-password.tsx'
import { NarrowForm } from './narrow-form.tsx'
import { type Power, PowersChoice } from './powers-choice.tsx'

const unanswered = { username: '', name: '', organisationId: '' }

/** Makes an account, and shows its first password this once. */
export function MakePerson() {
  const { t, say } = useDeskText()
  const make = useMakePerson()
  const organisations = useEveryOrganisation()
  const [answers, setAnswers] = useState(unanswered)
  const [powers, setPowers] = useState<Power[]>([])
  if (make.data)
    return (
      <GivenPassword
        password={make.data.password}
        onDone={() => {
          setAnswers(unanswered)
          setPowers([])
          make.reset()
        }}
      />
    )
  return (
    <Answers error={make.error}>
      <NarrowForm label={t.people.make} onSubmit={() => make.mutate({ body: { ...answers, powers } })}>
        <Field id="new-organisation" path="organisationId" label={t.account.organisation}>
          <Select
            id="new-organisation"
            placeholder={t.people.pick}
            value={answers.organisationId}
            options={(organisations.data ?? []).map(({ id, name }) => ({ value: id, label: say(name) }))}
            onChange={(organisationId) => setAnswers({ ...answers, organisationId })}
          />
        </Field>
        <AskedLine
          id="new-name"
          path="name"
          label={t.people.name}
          value={answers.name}
          onChange={(value) => setAnswers({ ...answers, name: value })}
        />
        <AskedLine
          id="new-username"
          path="username"
          label={t.account.username}
          help={t.registration.asks.username.help}
          value={answers.username}
          onChange={(value) => setAnswers({ ...answers, username: value })}
        />
        <PowersChoice id="new-powers" label={t.people.powersTitle} value={powers} onChange={setPowers} />
        {make.error && <Failure error={make.error} />}
        <div>
          <Button primary type="submit" busy={make.isPending}>
            {t.people.make}
          </Button>
        </div>
      </NarrowForm>
    </Answers>
  )
}
