import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Page } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useSignIn } from '../identity.queries.ts'
import { CodeStep } from '../parts/code-step.tsx'
import { SignOnChoices } from '../parts/sign-on-choices.tsx'
import { safePath } from '../safe-path.ts'

export default function SignInPage() {
  const { t } = usePortalText()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const signIn = useSignIn()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')

  const to = safePath(search.get('to'))
  const goOn = () => navigate(to, { replace: true })

  async function submit(event: React.FormEvent) {
    event.preventDefault()
    await signIn.mutateAsync({ body: { username, password } }).then(
      ({ secondFactor }) => {
        if (!secondFactor) goOn()
      },
      // Shown below the form.
      () => undefined,
    )
  }

  if (signIn.data?.secondFactor)
    return (
      <Page title={t.signOn.step} lead={t.signOn.stepLead}>
        <CodeStep onDone={goOn} onBack={() => signIn.reset()} />
      </Page>
    )
  return (
    <Page title={t.signIn.title} lead={t.signIn.lead}>
      <form
        aria-label={t.signIn.title}
        className="stack"
        style={{ maxWidth: '24rem', '--gap': '20px' } as React.CSSProperties}
        onSubmit={(event) => void submit(event)}
      >
        <AskedLine
          id="username"
          label={t.signIn.username}
          autoComplete="username"
          required
          value={username}
          onChange={setUsername}
        />
        <AskedLine
          id="password"
          label={t.signIn.password}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={setPassword}
        />
        {signIn.error && <Failure error={signIn.error} />}
        <div className="row">
          <Button primary type="submit" busy={signIn.isPending}>
            {t.signIn.submit}
          </Button>
          <Link to={`/register?${search}`}>{t.signIn.register}</Link>
        </div>
      </form>
      <SignOnChoices to={to} />
    </Page>
  )
}
