import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import lighthouse from 'lighthouse'
import { chromium } from 'playwright-core'
import { bringIn, companyFile, publishEntry, unconditional } from '../scenarios/kit/acts.ts'
import { openCity } from '../scenarios/kit/city.ts'
import { syntheticCreditCode } from '../scenarios/kit/synthetic.ts'
import { ensureChromium } from '../tools/chromium.ts'
import { freePort } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'

const built = fileURLToPath(new URL('../web/dist/index.html', import.meta.url))

/** What each category has to reach, of 100. */
const targets = { performance: 90, accessibility: 100, 'best-practices': 95, seo: 100 } as const
const categories = Object.keys(targets) as (keyof typeof targets)[]
const looks = 5

/** Lighthouse on front, search and entry page, with its own profile of a mid-range phone on a slow line. */
export async function portalBench(): Promise<BenchRow[]> {
  if (!existsSync(built)) throw new Error('the web interface is not built: npm start or npm test builds it')
  const city = await openCity('chongqing')
  const base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  const debugging = await freePort()
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', `--remote-debugging-port=${debugging}`],
  })
  try {
    const title = '企业登记信息'
    const entry = await publishEntry(city, { title, sharing: unconditional, opening: unconditional })
    const codes = Array.from({ length: 200 }, (_, index) => syntheticCreditCode(index))
    await bringIn(city, entry, companyFile(codes))
    const pages = {
      front: '/',
      // A list of what was found is kept from search engines on purpose: the page itself is looked at.
      search: '/search',
      entry: `/entries/${entry}`,
    }
    const rows: BenchRow[] = []
    for (const [name, path] of Object.entries(pages)) rows.push(...(await look(name, base + path, debugging)))
    return rows
  } finally {
    await browser.close()
    await city.close()
  }
}

type Seen = Record<(typeof categories)[number] | 'paint' | 'interactive', number>

/** The medians of several looks: Lighthouse's model of line and telephone moves in steps, and single runs scatter. */
async function look(name: string, url: string, port: number): Promise<BenchRow[]> {
  const seen: Seen[] = []
  for (let time = 0; time < looks; time++) seen.push(await lookOnce(name, url, port))
  const median = (figure: keyof Seen) => seen.map((each) => each[figure]).sort((a, b) => a - b)[looks >> 1]!
  const seconds = (figure: 'paint' | 'interactive', below: number): BenchRow => {
    const value = Math.round(median(figure) / 10) / 100
    const words = figure === 'paint' ? 'first contentful paint' : 'interactive'
    return { name: `${name}: ${words}`, value, unit: 's', target: `< ${below}`, met: value < below }
  }
  return [
    ...categories.map((key) => {
      const value = Math.round(median(key) * 100)
      const target = targets[key]
      return { name: `${name}: ${key}`, value, unit: 'of 100', target: `≥ ${target}`, met: value >= target }
    }),
    seconds('paint', 1),
    seconds('interactive', 2),
  ]
}

/** Scores of 1, and milliseconds. */
async function lookOnce(name: string, url: string, port: number): Promise<Seen> {
  const run = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: categories })
  if (run === undefined) throw new Error(`Lighthouse gave no result for ${url}`)
  const { lhr } = run
  for (const { id } of categories.flatMap((key) => lhr.categories[key]?.auditRefs ?? [])) {
    const audit = lhr.audits[id]
    if (audit?.scoreDisplayMode === 'binary' && audit.score === 0) console.log(`${name}: ${audit.title}`)
  }
  const milliseconds = (audit: string) => lhr.audits[audit]?.numericValue ?? Number.NaN
  const scores = Object.fromEntries(categories.map((key) => [key, lhr.categories[key]?.score ?? 0]))
  return {
    ...(scores as Record<(typeof categories)[number], number>),
    paint: milliseconds('first-contentful-paint'),
    interactive: milliseconds('interactive'),
  }
}

if (import.meta.main) console.table(await portalBench())
