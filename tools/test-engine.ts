import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startTrino } from './trino.ts'

/** Holds a real Trino to the query contract that DuckDB keeps in the tests of every day. */
// The first questions of a server that has just started take many times as long as those that follow.
const trino = await startTrino()
try {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
  const { status } = spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      'server/foundations/lake/query-contract.test.ts',
      '--testTimeout=300000',
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit', env: { ...process.env, TEST_TRINO_URL: trino.url, TEST_TRINO_FOLDER: trino.folder } },
  )
  process.exitCode = status ?? 1
} finally {
  trino.stop()
}
