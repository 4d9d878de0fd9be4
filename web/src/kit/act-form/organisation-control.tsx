import { usePortalText } from '../../text/use-text.ts'
import { Select } from '../field.tsx'
import { useEveryOrganisation } from '../organisations.ts'

/** Chooses one of the registered organisations. */
export function OrganisationControl({
  value,
  onChange,
  ...rest
}: { id: string; value: string; onChange: (id: string) => void } & React.AriaAttributes) {
  const { t, say } = usePortalText()
  const { data = [] } = useEveryOrganisation()
  const options = data.map((one) => ({ value: one.id, label: say(one.name) }))
  return <Select {...rest} options={options} value={value} onChange={onChange} placeholder={t.form.choose} />
}
