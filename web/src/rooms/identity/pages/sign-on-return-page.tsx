import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { Failure, Loading } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useCompleteSignOn } from '../identity.queries.ts'
import { CodeStep } from '../parts/code-step.tsx'
import { takeWay } from '../way.ts'

/** Back from the identity provider: who came is checked, and goes on, or is told why not. */
export default function SignOnReturnPage() {
  const { t } = usePortalText()
  const { search } = useLocation()
  const navigate = useNavigate()
  const { mutateAsync, error } = useCompleteSignOn()
  const [asksCode, setAsksCode] = useState(false)
  const begun = useRef(false)
  const goOn = () => navigate(takeWay(), { replace: true })

  useEffect(() => {
    // What came back is good once: it is sent once, however often the page is drawn.
    if (begun.current) return
    begun.current = true
    void mutateAsync({ body: { parameters: search } }).then(
      ({ secondFactor }) => (secondFactor ? setAsksCode(true) : navigate(takeWay(), { replace: true })),
      // Shown below.
      () => undefined,
    )
  }, [mutateAsync, navigate, search])

  if (asksCode)
    return (
      <Page title={t.signOn.step} lead={t.signOn.stepLead}>
        <CodeStep onDone={goOn} onBack={() => navigate('/sign-in', { replace: true })} />
      </Page>
    )
  return (
    <Page title={error ? t.signOn.refused : t.signOn.returning}>
      {error ? (
        <div className="stack">
          <Failure error={error} />
          <Link to="/sign-in">{t.signOn.back}</Link>
        </div>
      ) : (
        <Loading lines={2} />
      )}
    </Page>
  )
}
