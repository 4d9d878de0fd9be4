import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, startTransition, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { App, fetchPageAt } from './app.tsx'
import { readFirst } from './first-data.ts'
import { queryClient } from './kit/api.ts'
import { languageNow } from './kit/preferences.ts'
import { fetchTexts } from './text/use-text.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/first.css'

/** Whoever had reached the only link of the server's words by keyboard is at the same link when they are replaced. */
function FocusKept() {
  const [held] = useState(() => document.activeElement?.matches('.first *') === true)
  useEffect(() => {
    if (held) document.querySelector<HTMLElement>('#root header a[href="/"]')?.focus()
  }, [held])
  return null
}

/**
 * Draws the page once it can be drawn as a whole; until then the reader has what the server wrote into the page. Not
 * awaited by the module: files that are fetched here stand on this one.
 */
async function begin(): Promise<void> {
  const { pathname } = window.location
  await Promise.all([fetchTexts(languageNow()), fetchPageAt(pathname), readFirst(pathname)])
  // Drawn as a transition, in pieces of some milliseconds: the page answers to the hand meanwhile.
  const root = createRoot(document.getElementById('root')!)
  startTransition(() =>
    root.render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <App />
          <FocusKept />
        </QueryClientProvider>
      </StrictMode>,
    ),
  )
}

// Not in one piece with the reading of the scripts: between the two the page answers to the hand.
setTimeout(() => void begin())
