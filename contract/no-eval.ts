import { config } from 'zod'

// The policy of our pages lets no text become code. Zod finds that out by trying, and each try is reported as a breach.
if ('document' in globalThis) config({ jitless: true })
