import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { firstPages } from '../../first-view.ts'

const source = (path: string): string => readFileSync(path, 'utf8')
const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** What a file imports when it is read, or, with `later`, also what it fetches when it is wanted. */
function importsOf(path: string, later: boolean): string[] {
  const begins = /^(?:import|export)(?! type\b)[^'"]*?from '(\.[^']+)'/gm
  const text = source(path)
  const found = [...text.matchAll(begins), ...(later ? text.matchAll(/import\('(\.[^']+)'\)/g) : [])]
  return found.map(([, file]) => fileURLToPath(new URL(file!, `file://${path}`)))
}

function filesOf(path: string, later: boolean, found = new Set<string>()): Set<string> {
  // Which page follows on which address is said in one file; it is none of the pages.
  if (!/\.tsx?$/.test(path) || path.includes('/text/') || found.has(path)) return found
  found.add(path)
  for (const each of importsOf(path, later && !path.endsWith('/app.tsx'))) filesOf(each, later, found)
  return found
}

const asking = (files: Iterable<string>, hooks: RegExp): string[] =>
  [...files].filter((path) => hooks.test(source(path))).map((path) => path.replace(at('src/'), ''))

it('has the words of every page on the pages that people come to first', () => {
  const { front, search, entry } = firstPages
  const files = ['src/main.tsx', front, search, entry].flatMap((path) => [...filesOf(at(path), false)])
  expect(files.length).toBeGreaterThan(60)
  expect(asking(new Set(files), /\buse(?:Portal|Desk)Text\(/)).toEqual([])
})

it('has the words of the desk on pages of the portal that say so', () => {
  const app = source(at('src/app.tsx'))
  const portal = app.slice(app.indexOf('const portal'), app.indexOf('const desk'))
  const plain = portal.replaceAll(/withDeskWords\(\(\) => import\('[^']+'\)\)/g, '')
  const pages = [...plain.matchAll(/import\('\.\/([^']+)'\)/g)].map(([, path]) => at(`src/${path}`))
  expect(pages.length).toBeGreaterThan(25)
  const files = new Set(pages.flatMap((path) => [...filesOf(path, true)]))
  expect(asking(files, /\buseDeskText\(/)).toEqual([])
})
