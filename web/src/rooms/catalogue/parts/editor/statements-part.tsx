import { subjectTypes } from '@tiaoli/contract/catalogue'
import { AskedLine } from '../../../../kit/asked-line.tsx'
import { Checkbox } from '../../../../kit/controls/checkbox.tsx'
import { Input } from '../../../../kit/controls/inputs.tsx'
import { Field, FieldGroup, Select } from '../../../../kit/field.tsx'
import { useSession } from '../../../../kit/session.ts'
import { usePortalText } from '../../../../text/use-text.ts'
import { useBusinessOf, useSources, useSpecification } from '../../catalogue.queries.ts'
import type { PartProps } from './draft.ts'
import styles from './editor.module.css'

/** Subject, source, business, need, and whatever else the specification in force asks for. */
export function StatementsPart({ draft, change }: PartProps) {
  const { t, say } = usePortalText()
  const { data: session } = useSession()
  const organisationId = session?.user?.organisation?.id ?? ''
  const sources = useSources().data?.classes ?? []
  const business = useBusinessOf(organisationId).data
  const items = useSpecification().data?.items.find(({ inForce }) => inForce)?.items ?? []
  const extras = items.filter(({ key }) => key.startsWith('extra.'))
  const terms = (keys: readonly (typeof subjectTypes)[number][]) =>
    keys.map((value) => ({ value, label: t.compilation.subjectTypes[value] }))
  return (
    <div className={styles.part}>
      <Field id="subject-type" label={t.compilation.subjectType} optional>
        <Select
          id="subject-type"
          value={draft.subjectType ?? ''}
          placeholder={t.form.choose}
          options={terms(subjectTypes)}
          onChange={(value) => change({ subjectType: subjectTypes.find((one) => one === value) ?? null })}
        />
      </Field>
      {sources.length > 0 && (
        <Field id="source-class" label={t.compilation.source}>
          <Select
            id="source-class"
            value={draft.sourceClass ?? ''}
            placeholder={t.form.choose}
            options={sources.map(({ key, term }) => ({ value: key, label: say(term) }))}
            onChange={(value) => change({ sourceClass: value === '' ? null : value })}
          />
        </Field>
      )}
      {business?.article && (
        <FieldGroup id="business-items" label={t.compilation.business} help={t.compilation.businessLead}>
          <div className={styles.part}>
            {business.items.map(({ id, name }) => (
              <Checkbox
                key={id}
                checked={draft.businessItems.includes(id)}
                onChange={(event) =>
                  change({
                    businessItems: event.target.checked
                      ? [...draft.businessItems, id]
                      : draft.businessItems.filter((one) => one !== id),
                  })
                }
              >
                {name}
              </Checkbox>
            ))}
          </div>
        </FieldGroup>
      )}
      <AskedLine
        id="need"
        label={t.compilation.need}
        optional
        maxLength={1000}
        value={draft.need}
        onChange={(value) => change({ need: value })}
      />
      <AskedLine
        id="parent-item"
        label={t.compilation.parentItem}
        optional
        maxLength={200}
        value={draft.parentItem}
        onChange={(value) => change({ parentItem: value })}
      />
      {extras.map(({ key, term, required, codes }) => {
        const name = key.slice('extra.'.length)
        const id = `extra-${name}`
        const set = (value: string) => change({ extra: { ...draft.extra, [name]: value } })
        return (
          <Field key={key} id={id} label={say(term)} optional={!required}>
            {codes.length > 0 ? (
              <Select
                id={id}
                value={draft.extra[name] ?? ''}
                placeholder={t.form.choose}
                options={codes.map((code) => ({ value: code, label: code }))}
                onChange={set}
              />
            ) : (
              <Input
                id={id}
                maxLength={500}
                value={draft.extra[name] ?? ''}
                onChange={(event) => set(event.target.value)}
              />
            )}
          </Field>
        )
      })}
    </div>
  )
}
