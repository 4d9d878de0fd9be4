import { execFileSync } from 'node:child_process'

/** With the place where Go's own installer puts it, which is in the path of few. */
export const goEnvironment = { ...process.env, PATH: `${process.env.PATH}:/usr/local/go/bin` }

/**
 * Why nothing of Go can be run here, or undefined. It is not installed from Debian's packages: their Go is older than the
 * modules that the ledger is held against ask for.
 */
export function whyNoGo(): string | undefined {
  try {
    execFileSync('go', ['version'], { env: goEnvironment, stdio: 'pipe' })
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'Go is not installed' : 'Go does not run'
  }
}
