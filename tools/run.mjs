// The one thing that runs on whatever Node the machine has: it installs what is missing and hands over to the
// Node 24 that comes with the dependencies.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const node = join(modules, 'node', 'bin', 'node')

const [command = 'start', ...rest] = process.argv.slice(2)

// What Node has made of the sources once it need not make again: a server starts in half the time.
process.env.NODE_COMPILE_CACHE ??= join(modules, '.cache', 'tiaoli-compiled')

function run(file, args, options = {}) {
  const { status, signal, error } = spawnSync(file, args, { cwd: root, stdio: 'inherit', ...options })
  if (error) fail(`${file}: ${error.message}`)
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1))
}

function fail(line) {
  console.error(line)
  process.exit(1)
}

function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(modules, '.tiaoli-installed')
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('安装依赖… (installing dependencies)')
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (!existsSync(node))
    fail('没有装上 Node 24，请运行 npm ci 查看原因 (Node 24 was not installed: run "npm ci" to see why)')
  mkdirSync(modules, { recursive: true })
  writeFileSync(stamp, wanted)
}

/** Builds the web interface when its sources have changed since it was built. */
function buildWeb() {
  const hash = createHash('sha256')
  const list = spawnSync(
    'git',
    ['ls-files', '-s', '-o', '--exclude-standard', 'web', 'contract', 'kernel', 'package-lock.json'],
    { cwd: root, encoding: 'utf8' },
  )
  const changed = spawnSync('git', ['diff', 'HEAD', '--', 'web', 'contract', 'kernel'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  hash.update(`${list.stdout}${changed.stdout}`)
  const wanted = hash.digest('hex')
  const stamp = join(root, 'web', 'dist', '.built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('构建网页… (building the web interface)')
  run(node, [join(modules, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'web'),
  })
  writeFileSync(stamp, wanted)
}

if (Number(process.versions.node.split('.')[0]) < 20)
  fail('需要 Node 20 或更高版本 (Node 20 or later is needed)')
install()
const vitest = join(modules, 'vitest', 'vitest.mjs')
const tsc = join(modules, 'typescript', 'bin', 'tsc')
switch (command) {
  case 'start':
    buildWeb()
    run(node, ['cli/tiaoli.ts', 'serve', ...rest])
    break
  case 'tiaoli':
    run(node, ['cli/tiaoli.ts', ...rest])
    break
  case 'test':
    buildWeb()
    run(node, [vitest, 'run', ...rest])
    break
  case 'test-engine':
    run(node, ['tools/test-engine.ts', ...rest])
    break
  case 'check':
    run(node, [tsc, '-p', '.'])
    run(node, [tsc, '-p', 'web'])
    run(node, [join(modules, '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'])
    run(node, ['tools/check.ts'])
    break
  case 'bench':
    run(node, ['bench/index.ts', ...rest])
    break
  case 'law':
    run(node, ['tools/law.ts', ...rest])
    break
  case 'sync':
    run(node, ['tools/sync.ts'])
    break
  default:
    fail(`unknown command ${command}`)
}
