import { listEntries } from '@tiaoli/contract/catalogue'
import { Select } from 'antd'
import { useState } from 'react'
import { useText } from '../../text/use-text.ts'
import { useRoute } from '../api.ts'

/** Finds a published entry by words of its title or content, and chooses it. */
export function EntryControl({
  value,
  onChange,
  ...rest
}: { id: string; value: string; onChange: (id: string) => void } & React.AriaAttributes) {
  const { t, say } = useText()
  const [words, setWords] = useState('')
  const { data } = useRoute(listEntries, { query: { q: words, limit: 20 } })
  return (
    <Select
      {...rest}
      showSearch
      filterOption={false}
      onSearch={setWords}
      value={value === '' ? undefined : value}
      onChange={onChange}
      placeholder={t.form.choose}
      options={(data?.items ?? []).map((entry) => ({
        value: entry.id,
        label: `${entry.title} · ${say(entry.provider.name)}`,
      }))}
    />
  )
}
