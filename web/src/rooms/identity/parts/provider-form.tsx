import type { SignOnProvider } from '@tiaoli/contract/sign-on'
import { useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { AskedLine, AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Checkbox } from '../../../kit/controls/checkbox.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAddProvider, useChangeProvider } from '../identity.queries.ts'
import { linesOfMapping, mappingOfLines } from '../mapping-lines.ts'
import { NarrowForm } from './narrow-form.tsx'

/** Sets an identity provider up, or changes one. */
export function ProviderForm({ provider, onDone }: { provider?: SignOnProvider; onDone: () => void }) {
  const { t } = useDeskText()
  const words = t.signInSetting
  const add = useAddProvider()
  const change = useChangeProvider()
  const [answers, setAnswers] = useState({
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    labelZh: provider?.label.zh ?? '',
    labelEn: provider?.label.en ?? '',
    claim: provider?.claim ?? '',
    mapping: linesOfMapping(provider?.mapping ?? []),
  })
  const [enabled, setEnabled] = useState(provider?.enabled ?? true)
  const [wrongLine, setWrongLine] = useState<number>()
  const failed = add.error ?? change.error
  const asked = [
    ['issuer', 'issuer', words.issuer, words.issuerHelp],
    ['clientId', 'clientId', words.clientId, undefined],
    ['clientSecret', 'clientSecret', words.clientSecret, words.secretHelp],
    ['labelZh', 'label.zh', words.labelZh, undefined],
    ['labelEn', 'label.en', words.labelEn, undefined],
    ['claim', 'claim', words.claim, words.claimHelp],
  ] as const

  function submit() {
    const mapping = mappingOfLines(answers.mapping)
    setWrongLine(typeof mapping === 'number' ? mapping : undefined)
    if (typeof mapping === 'number') return
    const body = {
      issuer: answers.issuer.trim(),
      clientId: answers.clientId,
      ...(answers.clientSecret ? { clientSecret: answers.clientSecret } : {}),
      label: { zh: answers.labelZh, en: answers.labelEn },
      claim: answers.claim.trim() || null,
      mapping,
      enabled,
    }
    const sent = provider
      ? change.mutateAsync({ params: { providerId: provider.id }, body })
      : add.mutateAsync({ body })
    // A refusal is shown below.
    void sent.then(onDone, () => undefined)
  }

  const wrong = wrongLine === undefined ? undefined : words.mappingWrong(wrongLine)
  return (
    <Answers error={failed}>
      <NarrowForm label={words.providers} onSubmit={submit}>
        {asked.map(([key, path, label, help]) => (
          <AskedLine
            key={key}
            id={key}
            path={path}
            label={label}
            {...(help ? { help } : {})}
            type={key === 'clientSecret' ? 'password' : 'text'}
            disabled={key === 'issuer' && provider !== undefined}
            value={answers[key]}
            onChange={(value) => setAnswers({ ...answers, [key]: value })}
          />
        ))}
        <AskedLines
          id="mapping"
          path="mapping"
          label={words.mapping}
          help={words.mappingHelp}
          {...(wrong ? { error: wrong } : {})}
          rows={4}
          value={answers.mapping}
          onChange={(value) => setAnswers({ ...answers, mapping: value })}
        />
        <Checkbox checked={enabled} onChange={(event) => setEnabled(event.target.checked)}>
          {words.enabled}
        </Checkbox>
        {failed && <Failure error={failed} />}
        <div className="row">
          <Button primary type="submit" busy={add.isPending || change.isPending}>
            {words.save}
          </Button>
          <Button onClick={onDone}>{words.cancel}</Button>
        </div>
      </NarrowForm>
    </Answers>
  )
}
