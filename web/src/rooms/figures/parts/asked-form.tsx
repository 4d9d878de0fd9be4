import type { FiguresAnswer } from '@tiaoli/contract/figures'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import type { Asked } from '../figures.queries.ts'
import styles from './asked-form.module.css'

/** What is counted: whose part, which procedure, which days. */
export function AskedForm({ answer, change }: { answer: FiguresAnswer; change: (part: Asked) => void }) {
  const { t, say } = usePortalText()
  return (
    <div className="stack no-print">
      <Switch
        label={t.figures.by}
        value={answer.by}
        options={answer.sides.map((value) => ({ value, label: t.figures.sides[value] }))}
        onChange={(by) => change({ by, organisation: '' })}
      />
      <div className={styles.asked}>
        <Field id="figures-procedure" label={t.figures.procedure}>
          <Select
            id="figures-procedure"
            value={answer.procedure ?? ''}
            options={[
              { value: '', label: t.figures.requests },
              ...answer.procedures.map(({ key, title }) => ({ value: key, label: say(title) })),
            ]}
            onChange={(procedure) => change({ procedure })}
          />
        </Field>
        {(['from', 'until'] as const).map((key) => (
          <AskedLine
            key={key}
            id={`figures-${key}`}
            label={t.figures[key]}
            type="date"
            value={answer[key]}
            onChange={(value) => value && change({ [key]: value })}
          />
        ))}
      </div>
    </div>
  )
}
