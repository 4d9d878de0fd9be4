import { type HarvestSource, harvestKinds } from '@tiaoli/contract/harvesting'
import { type ReactNode, useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
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
        <AskedLine
          id="source-name"
          path="name"
          label={t.harvesting.name}
          required
          minLength={2}
          maxLength={100}
          value={words.name}
          onChange={(value) => say({ name: value })}
        />
        {props.children}
        <Field id="source-kind" path="kind" label={t.harvesting.kind}>
          <Select
            id="source-kind"
            value={words.kind}
            options={harvestKinds.map((value) => ({ value, label: t.harvesting.kinds[value] }))}
            onChange={(value) => say({ kind: harvestKinds.find((kind) => kind === value) ?? words.kind })}
          />
        </Field>
        <AskedLine
          id="source-url"
          path="url"
          label={t.harvesting.url}
          help={t.harvesting.urlHelp}
          type="url"
          required
          maxLength={500}
          value={words.url}
          onChange={(value) => say({ url: value })}
        />
        <AskedLine
          id="source-hours"
          path="everyHours"
          label={t.harvesting.everyHours}
          help={t.harvesting.everyHoursHelp}
          chip={<LocalChip instrument={null} />}
          optional
          type="number"
          min={1}
          max={8784}
          value={words.everyHours ?? ''}
          onChange={(value) => say({ everyHours: value === '' ? null : Number(value) })}
        />
        <AskedLine
          id="source-percent"
          path="mostWithdrawnPercent"
          label={t.harvesting.percent}
          help={t.harvesting.percentHelp}
          chip={<LocalChip instrument={null} />}
          type="number"
          required
          min={0}
          max={100}
          value={words.mostWithdrawnPercent}
          onChange={(value) => say({ mostWithdrawnPercent: Number(value) })}
        />
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
