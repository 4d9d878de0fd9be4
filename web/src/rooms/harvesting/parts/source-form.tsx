import { type HarvestSource, harvestKinds } from '@tiaoli/contract/harvesting'
import { type ReactNode, useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'

export type SourceWords = Pick<HarvestSource, 'name' | 'kind' | 'url' | 'everyHours' | 'mostWithdrawnPercent'>

const blank: SourceWords = { name: '', kind: 'ckan', url: '', everyHours: null, mostWithdrawnPercent: 20 }

/** What is said of a source when it is registered or changed. */
export function SourceForm(props: {
  words?: SourceWords
  busy: boolean
  /** Of what was sent last. */
  error: Error | null
  children?: ReactNode
  onCancel: () => void
  onSubmit: (words: SourceWords) => void
}) {
  const { t } = useDeskText()
  const [words, setWords] = useState(props.words ?? blank)
  const say = (change: Partial<SourceWords>) => setWords({ ...words, ...change })
  return (
    <Answers error={props.error}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          props.onSubmit(words)
        }}
      >
        <Field id="source-name" path="name" label={t.harvesting.name}>
          <Input
            id="source-name"
            required
            minLength={2}
            maxLength={100}
            value={words.name}
            onChange={(event) => say({ name: event.target.value })}
          />
        </Field>
        {props.children}
        <Field id="source-kind" path="kind" label={t.harvesting.kind}>
          <Select
            id="source-kind"
            value={words.kind}
            options={harvestKinds.map((value) => ({ value, label: t.harvesting.kinds[value] }))}
            onChange={(value) => say({ kind: harvestKinds.find((kind) => kind === value) ?? words.kind })}
          />
        </Field>
        <Field id="source-url" path="url" label={t.harvesting.url} help={t.harvesting.urlHelp}>
          <Input
            id="source-url"
            type="url"
            required
            maxLength={500}
            value={words.url}
            onChange={(event) => say({ url: event.target.value })}
          />
        </Field>
        <Field
          id="source-hours"
          path="everyHours"
          label={t.harvesting.everyHours}
          help={t.harvesting.everyHoursHelp}
          chip={<LocalChip instrument={null} />}
          optional
        >
          <Input
            id="source-hours"
            type="number"
            min={1}
            max={8784}
            value={words.everyHours ?? ''}
            onChange={({ target }) => say({ everyHours: target.value === '' ? null : Number(target.value) })}
          />
        </Field>
        <Field
          id="source-percent"
          path="mostWithdrawnPercent"
          label={t.harvesting.percent}
          help={t.harvesting.percentHelp}
          chip={<LocalChip instrument={null} />}
        >
          <Input
            id="source-percent"
            type="number"
            required
            min={0}
            max={100}
            value={words.mostWithdrawnPercent}
            onChange={({ target }) => say({ mostWithdrawnPercent: Number(target.value) })}
          />
        </Field>
        {props.error && <Failure error={props.error} />}
        <div className="row">
          <Button primary type="submit" busy={props.busy}>
            {t.harvesting.save}
          </Button>
          <Button onClick={props.onCancel}>{t.common.back}</Button>
        </div>
      </form>
    </Answers>
  )
}
