import { useEffect, useState } from 'react'

let rested = false
let coming: Promise<void> | undefined

/** Half a second after the first asked, once the browser has nothing better to do. */
function rest(): Promise<void> {
  coming ??= new Promise((resolve) => {
    const settled = () => {
      rested = true
      resolve()
    }
    setTimeout(
      // Not every browser tells when it is idle.
      () => ('requestIdleCallback' in window ? requestIdleCallback(settled, { timeout: 1500 }) : settled()),
      500,
    )
  })
  return coming
}

/** Whether the page stands: what nobody sees at first is not read before, so that it is in nothing's way. */
export function useAtRest(): boolean {
  const [atRest, setAtRest] = useState(rested)
  useEffect(() => {
    let gone = false
    void rest().then(() => {
      if (!gone) setAtRest(true)
    })
    return () => {
      gone = true
    }
  }, [])
  return atRest
}
