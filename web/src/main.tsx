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

// Until then the reader has what the server wrote into the page.
const { pathname } = window.location
await Promise.all([fetchTexts(languageNow()), fetchPageAt(pathname), readFirst(pathname)])
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
