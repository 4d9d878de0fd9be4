import { securityGrades, updateCycles } from '@tiaoli/contract/catalogue'
import { Checkbox, Input } from 'antd'
import { Field, FieldGroup, Select } from '../../../../kit/field.tsx'
import { useText } from '../../../../text/use-text.ts'
import type { Draft, PartProps } from './draft.ts'
import styles from './editor.module.css'

const noAssessment: NonNullable<Draft['assessment']> = {
  contains: '',
  personalInformation: false,
  conclusion: '',
}

/** Cycle, grade, source, and the recorded assessment on which the types rest. */
export function ManagementPart({ draft, change }: PartProps) {
  const { t } = useText()
  const assessment = draft.assessment ?? noAssessment
  const assess = (part: Partial<typeof assessment>) => change({ assessment: { ...assessment, ...part } })
  return (
    <div className={styles.part}>
      <Field id="update-cycle" label={t.entry.updateCycle}>
        <Select
          id="update-cycle"
          value={draft.updateCycle ?? ''}
          placeholder={t.form.choose}
          options={updateCycles.map((value) => ({ value, label: t.cycles[value] }))}
          onChange={(value) => change({ updateCycle: updateCycles.find((one) => one === value) ?? null })}
        />
      </Field>
      <Field id="security-grade" label={t.entry.grade} help={t.editor.gradeHelp}>
        <Select
          id="security-grade"
          value={draft.securityGrade ?? ''}
          placeholder={t.form.choose}
          options={securityGrades.map((value) => ({ value, label: t.grades[value] }))}
          onChange={(value) => change({ securityGrade: securityGrades.find((one) => one === value) ?? null })}
        />
      </Field>
      <Field id="source-system" label={t.entry.sourceSystem} optional>
        <Input
          id="source-system"
          maxLength={200}
          value={draft.sourceSystem}
          onChange={(event) => change({ sourceSystem: event.target.value })}
        />
      </Field>
      <Field id="format" label={t.entry.format} optional>
        <Input
          id="format"
          maxLength={100}
          value={draft.format}
          onChange={(event) => change({ format: event.target.value })}
        />
      </Field>
      <FieldGroup id="assessment" label={t.entry.assessment} help={t.editor.assessmentHelp} optional>
        <div className={styles.part}>
          <Field id="assessment-contains" label={t.editor.contains}>
            <Input
              id="assessment-contains"
              maxLength={1000}
              value={assessment.contains}
              onChange={(event) => assess({ contains: event.target.value })}
            />
          </Field>
          <Checkbox
            checked={assessment.personalInformation}
            onChange={(event) => assess({ personalInformation: event.target.checked })}
          >
            {t.editor.personalInformation}
          </Checkbox>
          <Field id="assessment-conclusion" label={t.editor.conclusion}>
            <Input.TextArea
              id="assessment-conclusion"
              maxLength={1000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={assessment.conclusion}
              onChange={(event) => assess({ conclusion: event.target.value })}
            />
          </Field>
        </div>
      </FieldGroup>
    </div>
  )
}
