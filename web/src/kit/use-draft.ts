import { useEffect, useState } from 'react'

const prefix = 'tiaoli.draft.'

/** State that survives a reload of the page: kept in this browser under `key` until it is discarded. */
export function useDraft<T>(key: string, initial: T) {
  const [value, setValue] = useState<T>(() => stored(key) ?? initial)
  const [savedAt, setSavedAt] = useState<Date | null>(null)
  useEffect(() => {
    if (value === initial) return
    const timer = setTimeout(() => {
      window.localStorage.setItem(prefix + key, JSON.stringify(value))
      setSavedAt(new Date())
    }, 400)
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
