import { securityGrades, updateCycles } from '@tiaoli/contract/catalogue'
import { ArticleChip } from '../../../../kit/article-chip.tsx'
import { AskedLine, AskedLines } from '../../../../kit/asked-line.tsx'
import { Checkbox } from '../../../../kit/controls/checkbox.tsx'
import { Field, FieldGroup, Select } from '../../../../kit/field.tsx'
import { useRulebook } from '../../../../kit/rulebook.ts'
import { useDeskText } from '../../../../text/use-text.ts'
import type { Draft, PartProps } from './draft.ts'
import styles from './editor.module.css'

const noAssessment: NonNullable<Draft['assessment']> = {
  contains: '',
  personalInformation: false,
  conclusion: '',
  assessor: null,
  assessedAt: null,
}

const plainTexts = [
  { key: 'sourceSystem', id: 'source-system', maxLength: 200 },
  { key: 'format', id: 'format', maxLength: 100 },
  { key: 'sharingMode', id: 'sharing-mode', maxLength: 200 },
  { key: 'openingMode', id: 'opening-mode', maxLength: 200 },
  { key: 'useRequirements', id: 'use-requirements', maxLength: 2000 },
  { key: 'ownCollection', id: 'own-collection', maxLength: 1000 },
] as const

/** Cycle, grade, source, modes, and the recorded assessment on which the types rest. */
export function ManagementPart({ draft, change }: PartProps) {
  const { t, say } = useDeskText()
  const { data: rulebook } = useRulebook()
  const demanded = new Map(
    rulebook?.catalogue.requiredContent.map(({ key, article }) => [key.split('.')[0], article]),
  )
  /** What the regulation asks for carries its article; all else may be left out. */
  const asked = (key: keyof Draft) => {
    const article = demanded.get(key)
    return article === undefined ? { optional: true } : { chip: <ArticleChip article={article} /> }
  }
  const assessment = draft.assessment ?? noAssessment
  const assess = (part: Partial<typeof assessment>) => change({ assessment: { ...assessment, ...part } })
  return (
    <div className={styles.part}>
      {(['priorityField', 'documentClass'] as const).map((key) => {
        const terms =
          (key === 'priorityField'
            ? rulebook?.assurance.priorityFields
            : rulebook?.assurance.documentClasses) ?? []
        if (terms.length === 0) return null
        const [label, help] =
          key === 'priorityField'
            ? [t.priority.field, undefined]
            : [t.priority.documentClass, t.priority.documentClassHelp]
        return (
          <Field key={key} id={key} label={label} help={help} optional>
            <Select
              id={key}
              value={draft[key] ?? ''}
              placeholder={t.form.choose}
              options={terms.map(({ key: value, term }) => ({ value, label: say(term) }))}
              onChange={(value) => change({ [key]: value === '' ? null : value })}
            />
          </Field>
        )
      })}
      <Field id="update-cycle" label={t.entry.updateCycle} {...asked('updateCycle')}>
        <Select
          id="update-cycle"
          value={draft.updateCycle ?? ''}
          placeholder={t.form.choose}
          options={updateCycles.map((value) => ({ value, label: t.cycles[value] }))}
          onChange={(value) => change({ updateCycle: updateCycles.find((one) => one === value) ?? null })}
        />
      </Field>
      <Field id="security-grade" label={t.entry.grade} help={t.editor.gradeHelp} {...asked('securityGrade')}>
        <Select
          id="security-grade"
          value={draft.securityGrade ?? ''}
          placeholder={t.form.choose}
          options={securityGrades.map((value) => ({ value, label: t.grades[value] }))}
          onChange={(value) => change({ securityGrade: securityGrades.find((one) => one === value) ?? null })}
        />
      </Field>
      {plainTexts.map(({ key, id, maxLength }) => (
        <AskedLine
          key={key}
          id={id}
          label={t.entry[key]}
          {...asked(key)}
          maxLength={maxLength}
          value={draft[key]}
          onChange={(value) => change({ [key]: value })}
        />
      ))}
      <FieldGroup
        id="assessment"
        label={t.entry.assessment}
        help={t.editor.assessmentHelp}
        {...asked('assessment')}
      >
        <div className={styles.part}>
          <AskedLine
            id="assessment-contains"
            label={t.editor.contains}
            maxLength={1000}
            value={assessment.contains}
            onChange={(value) => assess({ contains: value })}
          />
          <Checkbox
            checked={assessment.personalInformation}
            onChange={(event) => assess({ personalInformation: event.target.checked })}
          >
            {t.editor.personalInformation}
          </Checkbox>
          <AskedLines
            id="assessment-conclusion"
            label={t.editor.conclusion}
            maxLength={1000}
            rows={2}
            value={assessment.conclusion}
            onChange={(value) => assess({ conclusion: value })}
          />
        </div>
      </FieldGroup>
    </div>
  )
}
