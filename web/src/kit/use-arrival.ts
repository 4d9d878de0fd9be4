import { useEffect } from 'react'

/**
 * Goes to the element that the address names, once it is there: what is read from the server comes after the
 * browser has looked for it.
 */
export function useArrival(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined || decodeURIComponent(window.location.hash) !== `#${id}`) return
    const element = document.getElementById(id)
    element?.scrollIntoView()
    element?.focus({ preventScroll: true })
  }, [id])
}
