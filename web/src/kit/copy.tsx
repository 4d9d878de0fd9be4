import { useState } from 'react'
import { useText } from '../text/use-text.ts'
import { Button } from './controls/button.tsx'

/** Copies a text and says that it did. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const { t } = useText()
  const [done, setDone] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(value)
    setDone(true)
    setTimeout(() => setDone(false), 2000)
  }
  return (
    <Button small onClick={() => void copy()} aria-live="polite">
      {done ? t.common.copied : (label ?? t.common.copy)}
    </Button>
  )
}
