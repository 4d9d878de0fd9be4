import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Empty, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useProviders, useSetSignInSetting, useSignInSetting } from '../identity.queries.ts'
import { type Power, PowersChoice } from '../parts/powers-choice.tsx'
import { ProviderForm } from '../parts/provider-form.tsx'

function Demanded({ standing }: { standing: Power[] }) {
  const { t } = useDeskText()
  const set = useSetSignInSetting()
  const [powers, setPowers] = useState(standing)
  return (
    <div className="stack">
      <PowersChoice id="demanded" label={t.signInSetting.demanded} value={powers} onChange={setPowers} />
      {set.error && <Failure error={set.error} />}
      {set.isSuccess && <p role="status">{t.signInSetting.saved}</p>}
      <div>
        <Button
          primary
          busy={set.isPending}
          onClick={() => set.mutate({ body: { secondFactorFor: powers } })}
        >
          {t.signInSetting.save}
        </Button>
      </div>
    </div>
  )
}

/** What sign-in asks, and who may sign people on. */
export default function SignInSettingPage() {
  const { t, say } = useDeskText()
  const setting = useSignInSetting()
  const providers = useProviders()
  const [open, setOpen] = useState<string>()
  return (
    <Page title={t.signInSetting.title} lead={t.signInSetting.lead}>
      <Section title={t.account.factor} note={t.signInSetting.demandedNote}>
        <Await reading={setting}>{({ secondFactorFor }) => <Demanded standing={secondFactorFor} />}</Await>
      </Section>
      <Section title={t.signInSetting.providers} note={t.signInSetting.providersNote}>
        <Await reading={providers}>
          {({ items, returnAddress }) => (
            <div className="stack">
              <p style={{ overflowWrap: 'anywhere' }}>
                {t.signInSetting.returnAddress} <code>{returnAddress}</code>{' '}
                <CopyButton value={returnAddress} />
              </p>
              {items.length === 0 && open === undefined && <Empty title={t.signInSetting.none} />}
              {items.map((provider) =>
                open === provider.id ? (
                  <ProviderForm key={provider.id} provider={provider} onDone={() => setOpen(undefined)} />
                ) : (
                  <div key={provider.id} className="row">
                    <span>
                      {say(provider.label)} · {provider.issuer}
                    </span>
                    <Button
                      small
                      aria-label={t.signInSetting.change(say(provider.label))}
                      onClick={() => setOpen(provider.id)}
                    >
                      {t.signInSetting.change(say(provider.label))}
                    </Button>
                  </div>
                ),
              )}
              {open === 'new' ? (
                <ProviderForm onDone={() => setOpen(undefined)} />
              ) : (
                <div>
                  <Button onClick={() => setOpen('new')}>{t.signInSetting.add}</Button>
                </div>
              )}
            </div>
          )}
        </Await>
      </Section>
    </Page>
  )
}
