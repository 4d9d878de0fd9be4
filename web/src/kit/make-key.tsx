import { createApiKey } from '@tiaoli/contract/identity'
import { useState } from 'react'
import { useDeskText } from '../text/use-text.ts'
import { Answers } from './answers.tsx'
import { useAct } from './api.ts'
import { AskedLine } from './asked-line.tsx'
import { Button } from './controls/button.tsx'
import { CopyButton } from './copy.tsx'
import styles from './make-key.module.css'
import { Failure } from './states.tsx'

/** The parts of a list as people write it. */
const partsOf = (list: string): string[] => list.split(/[\s,，、;；]+/).filter((part) => part !== '')

/** Makes an API key, bound to a grant where one is given, and shows it this once. */
export function MakeKey({ grantId, suggestedName = '' }: { grantId?: string; suggestedName?: string }) {
  const { t } = useDeskText()
  const make = useAct(createApiKey)
  const [name, setName] = useState(suggestedName)
  const [expiresOn, setExpiresOn] = useState('')
  const [system, setSystem] = useState('')
  const [addresses, setAddresses] = useState('')
  const [entries, setEntries] = useState('')
  const made = make.data

  function submit(event: React.FormEvent) {
    event.preventDefault()
    const from = partsOf(addresses)
    const entryIds = partsOf(entries)
    make.mutate({
      body: {
        name,
        ...(grantId ? { grantId } : {}),
        ...(expiresOn ? { expiresOn } : {}),
        ...(system.trim() ? { system } : {}),
        ...(from.length > 0 ? { addresses: from } : {}),
        ...(entryIds.length > 0 ? { entryIds } : {}),
      },
    })
  }

  if (made) {
    return (
      <div className={styles.key} role="status" data-testid="new-key">
        <p>
          <strong>{t.keys.shownOnce}</strong>
        </p>
        <p>
          <code className={styles.value}>{made.key}</code>
        </p>
        <div className="row">
          <CopyButton value={made.key} label={t.keys.copy} />
          <Button small onClick={() => make.reset()}>
            {t.keys.done}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <Answers error={make.error}>
      <form aria-label={t.keys.make} className={styles.form} onSubmit={submit}>
        <AskedLine
          id="key-name"
          path="name"
          label={t.keys.name}
          help={t.keys.nameHelp}
          required
          maxLength={100}
          value={name}
          onChange={setName}
        />
        <AskedLine
          id="key-system"
          path="system"
          label={t.keys.system}
          optional
          maxLength={100}
          value={system}
          onChange={setSystem}
        />
        <AskedLine
          id="key-addresses"
          path="addresses"
          label={t.keys.addresses}
          help={t.keys.addressesHelp}
          optional
          value={addresses}
          onChange={setAddresses}
        />
        {grantId === undefined && (
          <AskedLine
            id="key-entries"
            path="entryIds"
            label={t.keys.entries}
            help={t.keys.entriesHelp}
            optional
            value={entries}
            onChange={setEntries}
          />
        )}
        <AskedLine
          id="key-expires"
          path="expiresOn"
          label={t.keys.expiresOn}
          help={t.keys.expiresHelp}
          optional
          type="date"
          value={expiresOn}
          onChange={setExpiresOn}
        />
        {make.error && <Failure error={make.error} />}
        <div>
          <Button primary type="submit" busy={make.isPending}>
            {t.keys.make}
          </Button>
        </div>
      </form>
    </Answers>
  )
}
