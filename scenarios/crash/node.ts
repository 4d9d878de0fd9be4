import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const password = 'a-synthetic-password'

/** Where a node keeps what it must not lose. */
export type Store = {
  readonly dataFolder: string
  readonly databaseUrl?: string
  /** What else its node is told: variables by name. */
  readonly environment?: Readonly<Record<string, string>>
}

const environmentOf = ({ dataFolder, databaseUrl, environment }: Store): NodeJS.ProcessEnv => ({
  ...process.env,
  ...environment,
  TIAOLI_TEST: '1',
  TIAOLI_LIMIT_FACTOR: '0',
  TIAOLI_DEMO: '0',
  TIAOLI_DATA: dataFolder,
  TIAOLI_CITY: 'chongqing',
  DATABASE_URL: databaseUrl ?? '',
  CRASH_PASSWORD: password,
  HOST: '127.0.0.1',
  PORT: '0',
  LANG: 'en',
})

/** The real server in a process of its own. */
export type ServerProcess = {
  readonly address: string
  /** Ends it as a power cut would: nothing of it runs any more. */
  kill(): Promise<void>
}

export async function startServer(store: Store): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['cli/tiaoli.ts', 'serve'], {
    cwd: root,
    env: environmentOf(store),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /http:\/\/\S+$/.exec(line)
      if (found !== null) resolve(found[0])
    })
    void ended.then(() => reject(new Error('the server ended before it listened')))
  })
  return {
    address,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Starts the server where it is to give up by itself: how it ended, and what it said of that. */
export async function startInVain(
  store: Store,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, ['cli/tiaoli.ts', 'serve'], {
    cwd: root,
    env: environmentOf(store),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  let said = ''
  for await (const chunk of child.stderr) said += chunk
  const [code] = await ended
  return { code, said }
}

/** Published entries of the small city: a register by key with its first rows, a log without a key, and levels by key. */
export type Seeded = { readonly entryId: string; readonly logId: string; readonly levelsId: string }

/** Fills an empty store. */
export async function seed(store: Store): Promise<Seeded> {
  const child = spawn(process.execPath, ['scenarios/crash/seed.ts'], {
    cwd: root,
    env: environmentOf(store),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const chunk of child.stdout) said += chunk
  return JSON.parse(said)
}
