import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { circles } from './circles.ts'
import { keptTo, wrongWay } from './direction.ts'
import { generatedFiles } from './generated.ts'
import { readImports } from './imports.ts'
import { checkLaw } from './law/check-law.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['kernel', 'contract', 'server', 'cli', 'web/src', 'scenarios', 'bench', 'tools']

const imports = readImports(root, folders)
const faults: string[] = [...wrongWay(imports), ...circles(imports)]

for (const [name, allowed] of keptTo)
  for (const file of new Set(imports.map((each) => each.from)))
    if (!allowed.test(file) && new RegExp(`from '${name}['/]`).test(readFileSync(`${root}/${file}`, 'utf8')))
      faults.push(`${file} imports ${name}, which is kept to ${allowed}`)

for (const { path, text } of generatedFiles())
  if (readFileSync(new URL(`../${path}`, import.meta.url), 'utf8') !== text)
    faults.push(`${path} is not current: run "npm run sync"`)

faults.push(...checkLaw())

for (const fault of faults) console.error(fault)
console.log(
  faults.length === 0 ? 'direction, generated files and tags are in order' : `${faults.length} faults`,
)
process.exitCode = faults.length === 0 ? 0 : 1
