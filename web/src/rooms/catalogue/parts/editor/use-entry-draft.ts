import { useQueryClient } from '@tanstack/react-query'
import { changeEntry, type Entry, getEntry } from '@tiaoli/contract/catalogue'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../../../kit/api.ts'
import { type Draft, draftOf, savable } from './draft.ts'

export type Saving = 'saved' | 'waiting' | 'saving' | 'failed'
const saveAfterMs = 900

/**
 * A draft of an entry that saves itself a moment after the last change. Saves follow one another, because each
 * names the version that the one before it made.
 */
export function useEntryDraft(entry: Entry) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => draftOf(entry))
  const [saving, setSaving] = useState<Saving>('saved')
  const [failure, setFailure] = useState<Error | null>(null)
  const version = useRef(entry.version)
  const queue = useRef(Promise.resolve())

  useEffect(() => {
    if (saving !== 'waiting') return
    const timer = setTimeout(() => {
      setSaving('saving')
      queue.current = queue.current.then(() => save(draft))
    }, saveAfterMs)
    return () => clearTimeout(timer)

    async function save(now: Draft): Promise<void> {
      try {
        const saved = await call(changeEntry, {
          params: { entryId: entry.id },
          body: { ...savable(now), version: version.current },
        })
        version.current = saved.version
        client.setQueryData([getEntry.id, { params: { entryId: entry.id } }], saved)
        setFailure(null)
        setSaving((state) => (state === 'saving' ? 'saved' : state))
      } catch (error) {
        setFailure(error as Error)
        setSaving('failed')
      }
    }
  }, [saving, draft, client, entry.id])

  function change(part: Partial<Draft>) {
    setDraft((now) => ({ ...now, ...part }))
    setSaving('waiting')
  }

  return { draft, change, saving, failure }
}
