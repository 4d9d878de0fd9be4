import { type ComponentType, lazy, useState } from 'react'

/** A page whose code is fetched when it is first opened, or before by `fetchPage`: then it is drawn without a pause. */
export function fetchedPage(load: () => Promise<{ default: ComponentType }>) {
  let fetched: ComponentType | undefined
  const fetchPage = async () => {
    const page = await load()
    fetched = page.default
    return page
  }
  const Later = lazy(fetchPage)
  function Page() {
    // Held: another component in its place would lose what has been typed into the page.
    const [Shown] = useState<ComponentType>(() => fetched ?? Later)
    return <Shown />
  }
  return { Page, fetchPage }
}
