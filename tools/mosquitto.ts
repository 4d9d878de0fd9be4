import { execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './postgres.ts'

/** A Mosquitto of our own for tests, on loopback, with one account, in a folder that goes away with it. */
export type Broker = { readonly url: string; stop(): Promise<void> }

export async function startMosquitto(user: string, password: string): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-mosquitto-'))
  const port = await freePort()
  const [accounts, settings] = [join(folder, 'accounts'), join(folder, 'settings')]
  execFileSync('/usr/bin/mosquitto_passwd', ['-b', '-c', accounts, user, password], { stdio: 'ignore' })
  writeFileSync(
    settings,
    [`listener ${port} 127.0.0.1`, 'allow_anonymous false', `password_file ${accounts}`, ''].join('\n'),
  )
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
    for (const each of [folder, accounts, settings]) chownSync(each, id('-u'), id('-g'))
  }
  const [file, args] = asRoot
    ? ['runuser', ['-u', 'nobody', '--', '/usr/sbin/mosquitto', '-c', settings]]
    : ['/usr/sbin/mosquitto', ['-c', settings]]
  const server = spawn(file, args, { stdio: 'ignore', cwd: '/' })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  for (let attempt = 0; !(await answers(port)); attempt += 1) {
    if (attempt === 100) throw new Error('Mosquitto did not start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url: `mqtt://127.0.0.1:${port}`,
    async stop() {
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
