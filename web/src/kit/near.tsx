import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { useAtRest } from './at-rest.ts'

/** A telephone: what is not looked at costs its line and its battery, and stands in the way of what is. */
const small = '(max-width: 640px)'

/** Whether what nobody looks at yet may be fetched: once the page stands, and on a telephone only when asked for. */
export function useToSpare(): boolean {
  const atRest = useAtRest()
  return atRest && !window.matchMedia(small).matches
}

/**
 * What stands below the first view: drawn, and with that fetched, when the reader comes near it, wants to print, or
 * came by an address that names a place or a view within the page; without that, when there is time to spare.
 *
 * @param lines how high its place is kept until then, in lines of text; none for what may turn out to be nothing.
 */
export function Near({ lines = 0, children }: { lines?: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [come, setCome] = useState(false)
  const toSpare = useToSpare()
  const { hash, search } = useLocation()
  const shown = come || toSpare || hash !== '' || [...new URLSearchParams(search).keys()].some(namesView)
  // What has been shown stays, whatever becomes of the address or the width by which it came.
  if (shown && !come) setCome(true)
  useEffect(() => {
    const element = place.current
    if (shown || element === null) return
    const show = () => setCome(true)
    const watch = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && show(),
      { rootMargin: '50% 0px' },
    )
    watch.observe(element)
    window.addEventListener('beforeprint', show)
    return () => {
      watch.disconnect()
      window.removeEventListener('beforeprint', show)
    }
  }, [shown])
  return shown ? children : <div ref={place} style={{ minHeight: `${lines * 1.7}em` }} />
}

/** The language alone says nothing of where in the page somebody wants to be. */
const namesView = (name: string): boolean => name !== 'lang'
