import { type EntrySummary, listEntries } from '@tiaoli/contract/catalogue'
import { useState } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { useRoute } from '../api.ts'
import { Input } from '../controls/inputs.tsx'
import styles from '../controls/options.module.css'
import { useOptions } from '../controls/use-options.ts'

/** Finds a published entry by words of its title or content, and chooses it. Other words than its own unchoose it. */
export function EntryControl({
  value,
  onChange,
  ...rest
}: { id: string; value: string; onChange: (id: string) => void } & React.AriaAttributes) {
  const { t, say } = usePortalText()
  const [words, setWords] = useState('')
  const { data } = useRoute(listEntries, { query: { q: words, limit: 20 } })
  const items = data?.items ?? []
  const named = ({ title, provider }: EntrySummary) => `${title} · ${say(provider.name)}`
  const options = useOptions(items, (entry) => {
    setWords(named(entry))
    onChange(entry.id)
  })
  return (
    <div className={styles.around}>
      <Input
        {...rest}
        {...options.box}
        type="search"
        value={words}
        maxLength={200}
        placeholder={t.form.findEntry}
        onFocus={options.typed}
        onChange={(event) => {
          setWords(event.target.value)
          if (value !== '') onChange('')
          options.typed()
        }}
      />
      <div role="listbox" {...options.listbox} aria-label={t.search.suggestions} className={styles.options}>
        {items.map((entry, index) => (
          <div key={entry.id} {...options.option(entry, index)}>
            <span>{entry.title}</span>
            <span className={styles.kind}>{say(entry.provider.name)}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
