import { useEffect, useState } from 'react'

const prefix = 'tiaoli.draft.'

/** State that survives a reload of the page: kept in this browser under `key` until it is discarded. */
export function useDraft<T>(key: string, initial: T) {
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
