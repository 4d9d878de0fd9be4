import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { queryClient } from './kit/api.ts'
import { languageNow } from './kit/preferences.ts'
import { fetchTexts } from './text/use-text.ts'
import './styles/tokens.css'
import './styles/base.css'

await fetchTexts(languageNow())
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
