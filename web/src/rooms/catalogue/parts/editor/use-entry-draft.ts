import { useQueryClient } from '@tanstack/react-query'
import { changeEntry, type Entry, getEntry } from '@tiaoli/contract/catalogue'
import { useCallback, useEffect, useRef, useState } from 'react'
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
  const queue = useRef(Promise.resolve(true))

  const save = useCallback(
    (now: Draft): Promise<boolean> => {
      setSaving('saving')
      queue.current = queue.current.then(async () => {
        try {
          const saved = await call(changeEntry, {
            params: { entryId: entry.id },
            body: { ...savable(now), version: version.current },
          })
          version.current = saved.version
          client.setQueryData([getEntry.id, { params: { entryId: entry.id } }], saved)
          setFailure(null)
          setSaving((state) => (state === 'saving' ? 'saved' : state))
          return true
        } catch (error) {
          setFailure(error as Error)
          setSaving('failed')
          return false
        }
      })
      return queue.current
    },
    [client, entry.id],
  )

  useEffect(() => {
    if (saving !== 'waiting') return
    const timer = setTimeout(() => void save(draft), saveAfterMs)
    return () => clearTimeout(timer)
  }, [saving, draft, save])

  // Whoever leaves by a link within that moment loses nothing; whoever closes the window is asked.
  const unsaved = useRef<Draft | null>(null)
  unsaved.current = saving === 'waiting' ? draft : null
  useEffect(
    () => () => {
      if (unsaved.current) void save(unsaved.current)
    },
    [save],
  )
  useEffect(() => {
    if (saving === 'saved') return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [saving])

  /** Saves at once what still waits; false where that failed. */
  const flush = (): Promise<boolean> =>
    saving === 'waiting' || saving === 'failed' ? save(draft) : queue.current

  function change(part: Partial<Draft>) {
    setDraft((now) => ({ ...now, ...part }))
    setSaving('waiting')
  }

  return { draft, change, saving, failure, flush }
}
