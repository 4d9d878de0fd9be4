import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** How long a second key may take after `g`. */
const pairWithinMs = 1500

/** `/` puts the cursor into the search box; `g` then `i` opens the inbox. Never while somebody types. */
export function useShortcuts(): void {
  const navigate = useNavigate()
  // Kept outside the effect, which begins anew whenever the address changes, be it between the two keys.
  const pressedG = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '/') {
        event.preventDefault()
        const box = document.querySelector<HTMLInputElement>('input[type="search"]')
        if (box) box.focus()
        else void navigate('/search')
      }
      if (event.key === 'i' && Date.now() - pressedG.current < pairWithinMs) void navigate('/desk')
      pressedG.current = event.key === 'g' ? Date.now() : 0
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate])
}
