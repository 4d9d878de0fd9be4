import { ProblemError } from '@tiaoli/contract/client'
import type { ApplicantKind } from '@tiaoli/contract/registration'
import { applicantKinds } from '@tiaoli/contract/registration'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { ErrorSummary } from '../../../kit/error-summary.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { Page } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useRegister, useRegistrationTerms } from '../identity.queries.ts'
import { safePath } from '../safe-path.ts'

type Answers = Record<
  'name' | 'identityNumber' | 'organisationName' | 'creditCode' | 'username' | 'password' | 'repeat',
  string
>
const unanswered: Answers = {
  name: '',
  identityNumber: '',
  organisationName: '',
  creditCode: '',
  username: '',
  password: '',
  repeat: '',
}

/** Which questions are asked of whom, in their order. */
const askedOf = (kind: ApplicantKind): readonly (keyof Answers)[] =>
  kind === 'natural-person'
    ? ['name', 'identityNumber', 'username', 'password', 'repeat']
    : ['organisationName', 'creditCode', 'name', 'username', 'password', 'repeat']

const autoComplete: Partial<Record<keyof Answers, string>> = {
  name: 'name',
  organisationName: 'organization',
  username: 'username',
  password: 'new-password',
  repeat: 'new-password',
}

/** People and companies make themselves known, and go on to what they wanted to apply for. */
export default function RegisterPage() {
  const { t, say } = usePortalText()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const terms = useRegistrationTerms()
  const register = useRegister()
  const [kind, setKind] = useState<ApplicantKind>('natural-person')
  const [answers, setAnswers] = useState(unanswered)
  const asked = askedOf(kind)
  const [differs, setDiffers] = useState(false)
  const faults = differs
    ? [{ path: 'repeat', words: t.registration.differ }]
    : register.error instanceof ProblemError
      ? (register.error.problem.errors ?? []).map(({ path, message }) => ({ path, words: say(message) }))
      : []
  const faultOf = (key: string): string | undefined => {
    return faults.find(({ path }) => path === key)?.words
  }
  const words = (key: keyof Answers) =>
    t.registration.asks[key === 'name' && kind !== 'natural-person' ? 'agent' : key]

  async function submit(event: React.FormEvent) {
    event.preventDefault()
    setDiffers(answers.password !== answers.repeat)
    if (answers.password !== answers.repeat) return
    // Typed twice against slips of the pen: the platform is told it once.
    const told = asked.filter((key) => key !== 'repeat')
    const stated = Object.fromEntries(told.map((key) => [key, answers[key]]))
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
        <ErrorSummary errors={faults.map(({ path, words }) => ({ id: path, message: words }))} />
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
          const secret = key === 'password' || key === 'repeat'
          return (
            <AskedLine
              key={key}
              id={key}
              label={label}
              help={help}
              {...(error ? { error } : {})}
              type={secret ? 'password' : 'text'}
              autoComplete={autoComplete[key] ?? 'off'}
              value={answers[key]}
              onChange={(value) => setAnswers({ ...answers, [key]: value })}
            />
          )
        })}
        {terms.data && (
          <p className="quiet small">
            {terms.data.synthetic ? t.registration.synthetic : t.registration.checkedBy[terms.data.checkedBy]}
          </p>
        )}
        {register.error && faults.length === 0 && <Failure error={register.error} />}
        <div className="row">
          <Button primary type="submit" busy={register.isPending}>
            {t.registration.submit}
          </Button>
          <Link to={`/sign-in?${search}`}>{t.registration.haveAccount}</Link>
          <Link to="/register/contest">{t.contests.fromRegister}</Link>
        </div>
      </form>
    </Page>
  )
}
