import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type CityName, type Looked, openers } from './every-page/cities.ts'
import { examples } from './every-page/examples.ts'
import { amiss, type Viewer, type Window, windowOf } from './every-page/looking.ts'

const pages: string[] = JSON.parse(
  readFileSync(new URL('../../contract/pages.json', import.meta.url), 'utf8'),
)
const cities = new Map<CityName, Looked>()
const windows = new Map<string, Window>()
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
  const names = Object.keys(openers) as CityName[]
  await Promise.all(names.map(async (name) => cities.set(name, await openers[name]())))
})
afterAll(async () => {
  await browser.close()
  for (const city of cities.values()) await city.close()
})

async function windowIn(name: CityName, viewer: Viewer): Promise<Window> {
  const key = `${name} ${viewer}`
  const opened = windows.get(key) ?? (await windowOf(browser, cities.get(name)!, viewer))
  windows.set(key, opened)
  return opened
}

it('has an example of every page there is', () => {
  const shown = new Set(examples.map(({ pattern }) => pattern))
  const without = pages.filter((pattern) => !shown.has(pattern))
  const gone = [...shown].filter((pattern) => !pages.includes(pattern))
  expect(
    { without, gone },
    'give each page of contract/pages.json an address in scenarios/browser/every-page/examples.ts',
  ).toEqual({ without: [], gone: [] })
})

describe('Every page, in both languages, wide and narrow, in the light and in the dark', () => {
  it.each(examples)('$pattern of $city as $viewer', async (example) => {
    const { pattern, viewer, parts, rest = '' } = example
    const city = cities.get(example.city)!
    const caller = viewer === 'visitor' ? city.visitor : await city.signIn(viewer)
    const given = [...((await parts?.(city, caller)) ?? [])]
    const path = pattern.replace(/:\w+/g, () => encodeURIComponent(given.shift()!)) + rest
    expect(await amiss(await windowIn(example.city, viewer), path, example), path).toEqual([])
  })
})
