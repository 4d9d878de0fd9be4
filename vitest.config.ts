import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/longest-first.ts'

export default defineConfig({
  test: {
    include: [
      '{kernel,contract,server,cli,tools,bench}/**/*.test.ts',
      'scenarios/**/*.test.ts',
      'web/*.test.ts',
      'web/src/**/*.test.{ts,tsx}',
    ],
    globalSetup: ['tools/test-services.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Loading the house anew for each file took a third of the time of all tests. What a file changes of the process
    // (environment, listeners) it puts back.
    isolate: false,
    reporters: ['default', ['json', { outputFile: 'artefacts/test-results.json' }]],
  },
})
