import type { sources as source } from '../../zh/first/sources.ts'

export const sources: typeof source = {
  sources: {
    states: {
      'not-connected': 'Not connected',
      testing: 'Being tested',
      connected: 'Connected',
      broken: 'Broken',
    },
    atItsSource: 'Changed at source',
    entryStale: 'older than its update cycle (not statutory)',
    location: 'Where the data lie',
    onPlatform: 'on the platform',
    heldAt: (system) => `at their source, in the system “${system}”; looked up by key`,
  },
}
