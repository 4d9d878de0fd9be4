import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { Field } from '../../../kit/field.tsx'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useRetention, useSetRetention } from '../versions.queries.ts'

/** How long versions are kept, for everybody to read and for the provider to set. */
export function Retention({ entryId, own }: { entryId: string; own: boolean }) {
  const { t } = useDeskText()
  return (
    <Await reading={useRetention(entryId)} lines={1}>
      {({ rule }) => (
        <div className="stack">
          <p>
            {rule ? t.versions.retentionNow(rule.keepDays, rule.keepLeast) : t.versions.keepsAll}{' '}
            {rule && <LocalChip instrument={null} />}
          </p>
          {own && <RuleForm entryId={entryId} rule={rule} />}
        </div>
      )}
    </Await>
  )
}

type Rule = { keepDays: number; keepLeast: number }

const usual: Rule = { keepDays: 365, keepLeast: 10 }

function RuleForm({ entryId, rule }: { entryId: string; rule: Rule | null }) {
  const { t } = useDeskText()
  const set = useSetRetention()
  const [words, setWords] = useState(rule ?? usual)
  const file = (given: Rule | null) => set.mutate({ params: { entryId }, body: { rule: given } })
  return (
    <div className="stack">
      {set.error && <Failure error={set.error} />}
      {(['keepDays', 'keepLeast'] as const).map((name) => (
        <Field key={name} id={name} label={t.versions[name]}>
          <Input
            id={name}
            type="number"
            min={1}
            max={name === 'keepDays' ? 36_500 : 10_000}
            step={1}
            value={words[name]}
            onChange={({ target }) => setWords({ ...words, [name]: target.valueAsNumber || usual[name] })}
          />
        </Field>
      ))}
      <p className="quiet">{t.versions.setRuleHelp}</p>
      <div className="row">
        <Button busy={set.isPending} onClick={() => file(words)}>
          {t.versions.setRule}
        </Button>
        {rule && (
          <Button busy={set.isPending} onClick={() => file(null)}>
            {t.versions.endRule}
          </Button>
        )}
      </div>
    </div>
  )
}
