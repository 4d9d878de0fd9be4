import { useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useChannels, useConfirmMail, useSetMail, useStopMail } from '../desk.queries.ts'

/** Notices by mail: an address is stated, confirmed by a code, and can be stopped. */
export function MailNotices() {
  const { t } = useDeskText()
  const state = useSetMail()
  const confirm = useConfirmMail()
  const stop = useStopMail()
  const [address, setAddress] = useState('')
  const [code, setCode] = useState('')
  const error = state.error ?? confirm.error ?? stop.error
  return (
    <Section id="mail" title={t.mail.title} note={t.mail.note}>
      <Await reading={useChannels()} lines={2}>
        {({ mail }) => {
          if (!mail.offered) return <p className="quiet">{t.mail.notOffered}</p>
          const stopButton = (
            <Button busy={stop.isPending} onClick={() => stop.mutate({})}>
              {t.mail.stop}
            </Button>
          )
          if (mail.address !== null && mail.confirmed)
            return (
              <div className="stack">
                <p>{t.mail.goesTo(mail.address)}</p>
                {error && <Failure error={error} />}
                <div>{stopButton}</div>
              </div>
            )
          if (mail.address !== null)
            return (
              <Answers error={error}>
                <form
                  className="stack"
                  aria-label={t.mail.confirm}
                  onSubmit={(event) => {
                    event.preventDefault()
                    confirm.mutate({ body: { code } }, { onSuccess: () => setCode('') })
                  }}
                >
                  <AskedLine
                    id="mail-code"
                    path="code"
                    label={t.mail.code}
                    help={t.mail.codeHelp(mail.address)}
                    inputMode="numeric"
                    autoComplete="one-time-code"
                    maxLength={8}
                    value={code}
                    onChange={(value) => setCode(value.trim())}
                  />
                  {error && <Failure error={error} />}
                  <div className="row">
                    <Button primary type="submit" busy={confirm.isPending} disabled={!/^\d{8}$/.test(code)}>
                      {t.mail.confirm}
                    </Button>
                    {stopButton}
                  </div>
                </form>
              </Answers>
            )
          return (
            <Answers error={error}>
              <form
                className="stack"
                aria-label={t.mail.title}
                onSubmit={(event) => {
                  event.preventDefault()
                  state.mutate({ body: { address } }, { onSuccess: () => setAddress('') })
                }}
              >
                <AskedLine
                  id="mail-address"
                  path="address"
                  label={t.mail.address}
                  type="email"
                  autoComplete="email"
                  maxLength={200}
                  value={address}
                  onChange={setAddress}
                />
                {error && <Failure error={error} />}
                <div>
                  <Button type="submit" busy={state.isPending} disabled={address.trim() === ''}>
                    {t.mail.sendCode}
                  </Button>
                </div>
              </form>
            </Answers>
          )
        }}
      </Await>
    </Section>
  )
}
