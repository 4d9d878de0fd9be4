import { ProblemError } from '@tiaoli/contract/client'
import type { ApplicantKind } from '@tiaoli/contract/registration'
import { applicantKinds } from '@tiaoli/contract/registration'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { ErrorSummary } from '../../../kit/error-summary.tsx'
import { describedBy, Field, Select } from '../../../kit/field.tsx'
import { Page } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useRegister, useRegistrationTerms } from '../identity.queries.ts'
import { safePath } from '../safe-path.ts'

type Answers = Record<
  'name' | 'identityNumber' | 'organisationName' | 'creditCode' | 'username' | 'password',
  string
>
const unanswered: Answers = {
  name: '',
  identityNumber: '',
  organisationName: '',
  creditCode: '',
  username: '',
  password: '',
}

/** Which questions are asked of whom, in their order. */
const askedOf = (kind: ApplicantKind): readonly (keyof Answers)[] =>
  kind === 'natural-person'
    ? ['name', 'identityNumber', 'username', 'password']
    : ['organisationName', 'creditCode', 'name', 'username', 'password']

const autoComplete: Partial<Record<keyof Answers, string>> = {
  name: 'name',
  organisationName: 'organization',
  username: 'username',
  password: 'new-password',
}

/** People and companies make themselves known, and go on to what they wanted to apply for. */
export default function RegisterPage() {
  const { t, say } = useText()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const terms = useRegistrationTerms()
  const register = useRegister()
  const [kind, setKind] = useState<ApplicantKind>('natural-person')
  const [answers, setAnswers] = useState(unanswered)
  const asked = askedOf(kind)
  const faults = register.error instanceof ProblemError ? (register.error.problem.errors ?? []) : []
  const faultOf = (key: string): string | undefined => {
    const fault = faults.find(({ path }) => path === key)
    return fault && say(fault.message)
  }
  const words = (key: keyof Answers) =>
    t.registration.asks[key === 'name' && kind !== 'natural-person' ? 'agent' : key]

  async function submit(event: React.FormEvent) {
    event.preventDefault()
    const stated = Object.fromEntries(asked.map((key) => [key, answers[key]]))
    await register.mutateAsync({ body: { kind, ...stated } as never }).then(
      () => navigate(safePath(search.get('to')), { replace: true }),
      // Shown with the form.
      () => undefined,
    )
  }

  return (
    <Page
      title={t.registration.title}
      lead={
        <>
          {t.registration.lead} {terms.data?.article && <ArticleChip article={terms.data.article} />}
        </>
      }
    >
      <form
        aria-label={t.registration.title}
        className="stack"
        noValidate
        style={{ maxWidth: '28rem', '--gap': '20px' } as React.CSSProperties}
        onSubmit={(event) => void submit(event)}
      >
        <ErrorSummary errors={faults.map(({ path, message }) => ({ id: path, message: say(message) }))} />
        <Field id="kind" label={t.registration.kind}>
          <Select
            id="kind"
            value={kind}
            options={applicantKinds.map((value) => ({ value, label: t.registration.kinds[value] }))}
            onChange={(value) => {
              register.reset()
              setKind(value as ApplicantKind)
            }}
          />
        </Field>
        {asked.map((key) => {
          const { label, help } = words(key)
          const error = faultOf(key)
          const secret = key === 'password'
          return (
            <Field key={key} id={key} label={label} help={help} {...(error ? { error } : {})}>
              <Input
                id={key}
                type={secret ? 'password' : 'text'}
                autoComplete={autoComplete[key] ?? 'off'}
                aria-describedby={describedBy(key, help, error)}
                aria-invalid={error !== undefined}
                value={answers[key]}
                onChange={(event) => setAnswers({ ...answers, [key]: event.target.value })}
              />
            </Field>
          )
        })}
        {terms.data && <p className="quiet small">{t.registration.checkedBy[terms.data.checkedBy]}</p>}
        {register.error && faults.length === 0 && <Failure error={register.error} />}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={register.isPending}>
            {t.registration.submit}
          </Button>
          <Link to={`/sign-in?${search}`}>{t.registration.haveAccount}</Link>
        </div>
      </form>
    </Page>
  )
}
