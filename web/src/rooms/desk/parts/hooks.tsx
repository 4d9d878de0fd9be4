import { useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAddHook, useChannels, useRemoveHook } from '../desk.queries.ts'

/** Systems that are sent signed notices; the key of the signatures is shown once. */
export function Hooks() {
  const { t } = useDeskText()
  const add = useAddHook()
  const remove = useRemoveHook()
  const [url, setUrl] = useState('')
  const error = add.error ?? remove.error
  return (
    <Section id="hooks" title={t.hooks.title} note={t.hooks.note}>
      <Await reading={useChannels()} lines={2}>
        {({ hooks }) => (
          <div className="stack">
            {hooks.items.length === 0 && <p className="quiet">{t.hooks.none}</p>}
            {hooks.items.map((hook) => (
              <p key={hook.id} className="row">
                <code style={{ overflowWrap: 'anywhere' }}>{hook.url}</code>
                <Button
                  small
                  aria-label={t.hooks.removeNamed(hook.url)}
                  onClick={() => remove.mutate({ params: { hookId: hook.id } })}
                >
                  {t.hooks.remove}
                </Button>
              </p>
            ))}
            {add.data && (
              <div>
                <p>{t.hooks.shownOnce}</p>
                <p>
                  <code style={{ overflowWrap: 'anywhere' }}>{add.data.secret}</code>{' '}
                  <CopyButton value={add.data.secret} />
                </p>
              </div>
            )}
            <Answers error={error}>
              <form
                className="stack"
                aria-label={t.hooks.add}
                onSubmit={(event) => {
                  event.preventDefault()
                  add.mutate({ body: { url } }, { onSuccess: () => setUrl('') })
                }}
              >
                <AskedLine
                  id="hook-url"
                  path="url"
                  label={t.hooks.url}
                  help={t.hooks.urlHelp}
                  type="url"
                  maxLength={500}
                  value={url}
                  onChange={setUrl}
                />
                {error && <Failure error={error} />}
                <div>
                  <Button type="submit" busy={add.isPending} disabled={url.trim() === ''}>
                    {t.hooks.add}
                  </Button>
                </div>
              </form>
            </Answers>
          </div>
        )}
      </Await>
    </Section>
  )
}
