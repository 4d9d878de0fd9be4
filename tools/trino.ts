import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './postgres.ts'

/** The last release whose server is a package of Maven; it runs on Java 24 or later. */
const version = '476'
const oldestJava = 24
const startSeconds = 180

/** A Trino of one node for tests, on loopback: `folder` is the root of its `local://`. */
export type TestTrino = { readonly url: string; readonly folder: string; stop(): void }

/** Java that is new enough: of `JAVA_HOME`, of Debian's place, or of the path. Throws where there is none. */
function findJava(): string {
  const root = '/usr/lib/jvm'
  const homes = [
    process.env['JAVA_HOME'] ?? '',
    ...(existsSync(root) ? readdirSync(root) : []).map((name) => join(root, name)),
  ]
  const candidates = [...homes.filter(Boolean).map((home) => join(home, 'bin', 'java')), 'java']
  for (const java of candidates) {
    try {
      const told = execFileSync(java, ['--version'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      if (Number(/^\w+ (\d+)/.exec(told)?.[1]) >= oldestJava) return java
    } catch {
      // Not there, or older than the option: the next one.
    }
  }
  throw new Error(`Java ${oldestJava} or later is needed for Trino ${version}; name it by JAVA_HOME`)
}

/** Fetches the server once (820 MB) and unpacks what reads files; gives its folder. */
function fetchServer(): string {
  const home = join(homedir(), '.cache', 'tiaoli', `trino-server-${version}`)
  if (existsSync(home)) return home
  const artifact = `io.trino:trino-server:${version}:tar.gz`
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1'
  execFileSync('mvn', ['-B', '-q', `${plugin}:get`, `-Dartifact=${artifact}`, '-Dtransitive=false'], {
    stdio: 'inherit',
  })
  const packed = join(
    homedir(),
    `.m2/repository/io/trino/trino-server/${version}/trino-server-${version}.tar.gz`,
  )
  const making = `${home}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  execFileSync('tar', ['-xzf', packed, '--strip-components=1', '-C', making])
  for (const name of readdirSync(join(making, 'plugin')))
    if (name !== 'hive') rmSync(join(making, 'plugin', name), { recursive: true })
  execFileSync('mv', [making, home])
  return home
}

/** Starts it and waits until it answers. Throws what it said last where it does not. */
export async function startTrino(): Promise<TestTrino> {
  const [java, home] = [findJava(), fetchServer()]
  const root = mkdtempSync(join(tmpdir(), 'tiaoli-trino-'))
  const [data, folder, catalogs] = ['data', 'store', 'catalog'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ]
  for (const each of [data, folder, catalogs]) mkdirSync(each)
  const url = `http://127.0.0.1:${await freePort()}`
  const config = join(root, 'config.properties')
  writeFileSync(
    config,
    [
      'coordinator=true',
      'node-scheduler.include-coordinator=true',
      `http-server.http.port=${new URL(url).port}`,
      `discovery.uri=${url}`,
      'query.max-memory=1GB',
      'query.max-memory-per-node=1GB',
      'memory.heap-headroom-per-node=300MB',
      'query.max-length=10000000',
    ].join('\n'),
  )
  writeFileSync(
    join(catalogs, 'tiaoli.properties'),
    [
      'connector.name=hive',
      'hive.metastore=file',
      'hive.metastore.catalog.dir=local:///tables',
      'hive.timestamp-precision=MICROSECONDS',
      'hive.security=allow-all',
      'fs.native-local.enabled=true',
      `local.location=${folder}`,
    ].join('\n'),
  )
  const settings = {
    config,
    'node.environment': 'test',
    'node.id': 'one',
    'node.data-dir': data,
    'node.bind-ip': '127.0.0.1',
    'node.internal-address': '127.0.0.1',
    'catalog.config-dir': catalogs,
    'plugin.dir': join(home, 'plugin'),
  }
  const server = spawn(
    java,
    [
      '-Xmx2G',
      '-Djdk.attach.allowAttachSelf=true',
      '--enable-native-access=ALL-UNNAMED',
      '--sun-misc-unsafe-memory-access=allow',
      ...Object.entries(settings).map(([name, value]) => `-D${name}=${value}`),
      '-cp',
      `${join(home, 'lib')}/*`,
      'io.trino.server.TrinoServer',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (piece: Buffer) => {
      said = `${said}${piece.toString()}`.slice(-4_000)
    })
  const stop = () => {
    server.kill('SIGKILL')
    rmSync(root, { recursive: true, force: true })
  }
  for (let second = 0; second < startSeconds; second++) {
    if (server.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const starting = await fetch(`${url}/v1/info`)
      .then(async (answer) => ((await answer.json()) as { starting: boolean }).starting)
      .catch(() => true)
    if (!starting) return { url, folder, stop }
  }
  stop()
  throw new Error(`Trino did not start:\n${said}`)
}
