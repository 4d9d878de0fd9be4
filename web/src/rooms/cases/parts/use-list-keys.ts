import { type RefObject, useEffect } from 'react'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) &&
  (target as HTMLInputElement).type !== 'checkbox'

/** `j` and `k` move through the links of a list; Enter opens one, as it does any link. */
export function useListKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
      if (step === 0 || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const links = [...(list.current?.querySelectorAll<HTMLElement>('a[data-row]') ?? [])]
      const at = links.indexOf(document.activeElement as HTMLElement)
      links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [list])
}
