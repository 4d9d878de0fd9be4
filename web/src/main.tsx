import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { App, fetchPageAt } from './app.tsx'
import { readFirst } from './first-data.ts'
import { queryClient } from './kit/api.ts'
import { languageNow } from './kit/preferences.ts'
import { fetchTexts } from './text/use-text.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/first.css'

/**
 * When the words of the server have been shown: on a quick line everything else is there before the first frame, and the
 * reader would look at an empty page until all of it is drawn. A page in the background is not drawn at all.
 */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, 100)
  })
}

// Until then the reader has what the server wrote into the page.
const { pathname } = window.location
await Promise.all([fetchTexts(languageNow()), fetchPageAt(pathname), readFirst(pathname), painted()])
// Drawn as a transition, in pieces of some milliseconds: the page answers to the hand meanwhile.
const root = createRoot(document.getElementById('root')!)
startTransition(() =>
  root.render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  ),
)
