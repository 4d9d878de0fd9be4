import { useEffect, useState } from 'react'
import { useSession } from './session.ts'

const prefix = 'tiaoli.draft.'

/**
 * State that survives a reload of the page: kept in this browser under `name` until it is discarded, and for the
 * signed-in user alone, since offices share computers.
 */
export function useDraft<T>(name: string, initial: T) {
  const { data: session } = useSession()
  const key = `${session?.user?.id ?? ''}.${name}`
  const [value, setValue] = useState<T>(() => stored(key) ?? initial)
  const [savedAt, setSavedAt] = useState<Date | null>(null)
  useEffect(() => {
    if (value === initial) return
    // Kept at once, for a page may be reloaded at any moment; said only when the reader pauses.
    window.localStorage.setItem(prefix + key, JSON.stringify(value))
    const timer = setTimeout(() => setSavedAt(new Date()), 400)
    return () => clearTimeout(timer)
  }, [key, value, initial])
  const discard = () => window.localStorage.removeItem(prefix + key)
  return { value, setValue, savedAt, discard }
}

function stored<T>(key: string): T | null {
  try {
    return JSON.parse(window.localStorage.getItem(prefix + key) ?? 'null') as T | null
  } catch {
    return null
  }
}
