import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, conditional, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { openBrowser, picture } from './browser.ts'
import { type Reader, readerOf, readings } from './reader.ts'

const tiles = 'https://tiles.city.invalid'
const rows = 2500
const kinds = ['路侧停车泊位', '路外公共停车场', '专用停车场（对外开放）']

let city: City
let base: string
let browser: Browser
let open: string
let kept: string
/** Open: a line, an area, and one without a place. */
let drawn: string

beforeAll(async () => {
  city = await openCity('chongqing', {
    environment: { TIAOLI_MAP_TILES: `${tiles}/{z}/{x}/{y}.png`, TIAOLI_MAP_TILES_BY: '示例测绘院' },
  })
  base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
  const publicField = { sensitivity: 'public' } as const
  open = await publishEntry(city, {
    title: '公共停车场',
    fields: [
      { name: '编号', type: 'integer', key: true, required: true, ...publicField },
      { name: '名称', type: 'text', ...publicField },
      { name: '类型', type: 'text', ...publicField },
      { name: '启用日期', type: 'date', ...publicField },
      { name: '泊位', type: 'integer', ...publicField },
      { name: '面积', type: 'decimal', ...publicField },
      { name: '经度', type: 'longitude', meaning: 'GCJ-02 坐标', ...publicField },
      { name: '纬度', type: 'latitude', meaning: 'GCJ-02 坐标', ...publicField },
    ],
    sharing: unconditional,
    opening: unconditional,
  })
  const lines = Array.from({ length: rows }, (_, i) => {
    const date = `20${20 + (i % 5)}-0${1 + (i % 9)}-15`
    const place = `${(106.3 + (i % 50) / 100).toFixed(4)},${(29.4 + (i % 37) / 100).toFixed(4)}`
    return `${i + 1},示例停车场${i + 1},${kinds[i % 3]},${date},${20 + (i % 400)},${(i % 400) * 25.5},${place}`
  })
  await bringIn(
    city,
    open,
    ['编号,名称,类型,启用日期,泊位,面积,经度,纬度', ...lines].join('\n'),
    '停车场.csv',
  )
  drawn = await publishEntry(city, {
    title: '管线和绿地',
    fields: [
      { name: '编号', type: 'text', key: true, required: true, ...publicField },
      { name: '范围', type: 'geometry', meaning: 'CGCS2000', ...publicField },
    ],
    sharing: unconditional,
    opening: unconditional,
  })
  const area = 'POLYGON ((106.4 29.4, 106.6 29.4, 106.6 29.6, 106.4 29.6, 106.4 29.4))'
  const shapes = `编号,范围\nA1,"${area}"\nL1,"LINESTRING (106.7 29.4, 106.7 29.6)"\nX1,\n`
  await bringIn(city, drawn, shapes, '管线.csv')
  kept = await publishEntry(city, { title: '企业信用评价', opening: conditional })
})
afterAll(async () => {
  await browser.close()
  await city.close()
})

describe('frames of other sites', () => {
  const headersOf = async (path: string) => {
    const { headers } = await fetch(`${base}${path}`)
    return {
      frame: headers.get('x-frame-options'),
      ancestors: /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1],
    }
  }
  const refused = { frame: 'SAMEORIGIN', ancestors: "'self'" }

  it('are refused for every page, and for the embedded view of what is not open or is not there', async () => {
    for (const path of ['/', `/entries/${open}`, '/desk', `/embed/entries/${kept}`, '/embed/entries/none'])
      expect({ path, ...(await headersOf(path)) }).toEqual({ path, ...refused })
  })

  it('are let in for the embedded view of open data', async () => {
    expect(await headersOf(`/embed/entries/${open}?view=plot`)).toEqual({ frame: null, ancestors: '*' })
  })

  it('leave the policy on scripts and tiles as it is', async () => {
    const { headers } = await fetch(`${base}/embed/entries/${open}`)
    const policy = headers.get('content-security-policy')!
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]{44}';/)
    expect(policy).toContain(`connect-src 'self' ${tiles};`)
  })
})

const view = (search: Record<string, string>) => `/entries/${open}?${new URLSearchParams(search)}`

/** Scrolls the table down until the row is in the page, as somebody would: a screen or so at a time. */
async function scrollTo({ page }: Reader, row: number): Promise<void> {
  const wanted = page.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell]`).first()
  const grid = page.getByRole('grid')
  for (let turn = 0; turn < 200; turn += 1) {
    if ((await wanted.count()) > 0 && (await wanted.textContent()) === String(row)) return
    const last = Number(await page.locator('[role=row]').last().getAttribute('aria-rowindex'))
    const by = last < row ? 4000 : -4000
    await grid.evaluate((element, pixels) => element.scrollBy(0, pixels), by)
    await page.waitForTimeout(15)
  }
  throw new Error(`row ${row} does not come`)
}

/** Paper keeps no place for rows that are not drawn on it, says which are, and cuts no column off. */
async function onPaper({ page, t }: Reader): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  // The list may draw another number of rows once it has seen the sheet.
  const settled = { timeout: 10_000 }
  const shown = () =>
    page.getByRole('grid').evaluate((grid) => {
      const of = [...grid.querySelectorAll('[role=row]')].map((row) => row.getBoundingClientRect().height)
      const empty = grid.getBoundingClientRect().height - of.reduce((sum, height) => sum + height, 0)
      const over = grid.getBoundingClientRect().right - document.documentElement.clientWidth
      return { few: of.length > 1 && of.length < 61, empty: Math.round(empty / 10), cut: over > 0 }
    })
  await expect.poll(shown, settled).toEqual({ few: true, empty: 0, cut: false })
  const drawn = async () => (await page.getByRole('grid').locator('[role=row]').count()) - 1
  await expect
    .poll(async () => page.getByText(t.looking.printed('1', String(await drawn()), '2,500')).count(), settled)
    .toBe(1)
  expect(await page.getByRole('button', { name: t.data.views.map }).count()).toBe(0)
  await page.emulateMedia({ media: null })
}

describe('looking at open data', () => {
  for (const reading of readings)
    it(`as table, plots and map (${reading.language} ${reading.width})`, async () => {
      const reader = await readerOf(browser, base, reading)
      const { page, t } = reader
      await page.route(`${tiles}/**`, (route) => route.fulfill({ status: 204 }))
      await page.goto(view({ view: 'table' }))
      const grid = page.getByRole('grid')
      await grid.waitFor()
      expect(await grid.getAttribute('aria-rowcount')).toBe(String(rows + 1))
      await scrollTo(reader, rows)
      // However many have gone by, a screen of them stands in the page.
      expect(await page.locator('[role=row]').count()).toBeLessThan(60)
      await scrollTo(reader, 1)
      await reader.look('table')
      await picture(page, `looking-table-${reading.language}-${reading.width}`)
      await onPaper(reader)

      await grid.focus()
      for (const key of ['PageDown', 'ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
      const detail = page.getByRole('dialog')
      expect(await detail.locator('dd').count()).toBe(8)
      await page.keyboard.press('Escape')
      await detail.waitFor({ state: 'detached' })

      await page.getByRole('button', { name: '泊位', exact: true }).click()
      await page.waitForURL(/sort=/)
      await page
        .getByRole('columnheader', { name: /泊位/ })
        .and(page.locator('[aria-sort=ascending]'))
        .waitFor()
      await page.getByText(t.looking.columnsShown(8, 8)).click()
      await page.getByRole('checkbox', { name: '面积' }).click()
      await page.getByRole('columnheader', { name: /面积/ }).waitFor({ state: 'detached' })
      await page.waitForURL(/columns=/)

      await page.goto(view({ view: 'plot' }))
      await page.locator('figure svg').waitFor()
      await page.getByLabel(t.data.groupBy, { exact: true }).selectOption('类型')
      await page.locator('figure svg').getByText(kinds[2]!, { exact: true }).waitFor()
      await page.getByText(t.data.asTable).click()
      await page.getByRole('cell', { name: kinds[2]!, exact: true }).waitFor()
      await reader.look('plot')
      await picture(page, `looking-plot-${reading.language}-${reading.width}`)
      await page.getByLabel(t.looking.kind).selectOption('scatter')
      await page.getByLabel(t.looking.upwards).waitFor()
      await page.getByLabel(t.looking.bins).selectOption('10')
      await page.waitForURL(/bins=10/)
      await page.locator('figure svg').waitFor()

      await page.goto(view({ view: 'map' }))
      await page.locator('.maplibregl-canvas').waitFor()
      await page.getByText(t.looking.system.gcj02).waitFor()
      await page.getByText(t.looking.tilesBy('示例测绘院')).waitFor()
      await reader.look('map')
      await picture(page, `looking-map-${reading.language}-${reading.width}`)
      await reader.close()
    })

  it('as geometries: drawn with a legend, in a few words in the table, found by a box, and led to their row', async () => {
    const reader = await readerOf(browser, base, readings[0]!)
    const { page, t } = reader
    await page.route(`${tiles}/**`, (route) => route.fulfill({ status: 204 }))
    await page.goto(`/entries/${drawn}?view=table`)
    await page.getByRole('gridcell', { name: t.looking.geometry.Polygon(5) }).waitFor()
    expect(await page.getByRole('link', { name: 'GeoJSON' }).getAttribute('href')).toContain('format=geojson')
    expect(await page.getByRole('link', { name: t.data.formats.gb18030 }).getAttribute('href')).toContain(
      'encoding=gb18030',
    )
    const filters = page.getByRole('form', { name: t.data.filter })
    await filters.getByLabel(t.data.filterField).selectOption('范围')
    await filters.getByLabel(t.data.filterValue).fill('106.5，29.5，106.55，29.55')
    await filters.getByRole('button', { name: t.data.addFilter }).click()
    await page.getByText(t.data.rowCount('1', true)).waitFor()

    await page.getByRole('button', { name: t.data.views.map }).click()
    const canvas = page.locator('.maplibregl-canvas')
    await canvas.waitFor()
    await page.getByText(`${t.looking.shapeKinds.areas} 1`).waitFor()
    await reader.look('map of geometries')
    // Drawn when it has a row to tell of: the area lies in the middle of the frame.
    await expect
      .poll(async () => {
        await canvas.click()
        return page.getByRole('button', { name: t.looking.showRow }).count()
      })
      .toBe(1)
    await page.getByRole('button', { name: t.looking.showRow }).click()
    const row = page.getByRole('dialog', { name: t.looking.rowOf('A1') })
    await row.getByText(t.looking.geometry.Polygon(5)).waitFor()
    await row.getByRole('button', { name: t.looking.copyGeometry }).waitFor()
    await reader.close()
  })

  it('takes the view along: as a link, as a picture with its source, and in the page of another site', async () => {
    const reader = await readerOf(browser, base, readings[0]!)
    const { page, t } = reader
    await page.goto(view({ view: 'plot', group: '类型', where: '泊位:gte:100' }))
    await page.locator('figure svg').waitFor()
    await page.getByText(t.looking.share).click()
    const [svg] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t.looking.asSvg }).click(),
    ])
    const drawn = await readFile((await svg.path())!, 'utf8')
    for (const words of ['公共停车场', '数据来源', kinds[0]!, t.looking.conditions('泊位 不小于 100')])
      expect(drawn).toContain(words)
    const [png] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t.looking.asPng }).click(),
    ])
    const bytes = await readFile((await png.path())!)
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.length).toBeGreaterThan(10_000)

    const link = await page.getByLabel(t.looking.link).inputValue()
    await page.goto(link)
    await page.locator('figure svg').getByText(kinds[0]!, { exact: true }).waitFor()
    await page.getByText(t.looking.share).click()
    const code = await page.getByLabel(t.looking.embed).inputValue()
    const other = createServer((_request, answer) => {
      answer.setHeader('content-type', 'text/html; charset=utf-8')
      answer.end(`<!doctype html><html lang="zh"><title>别处</title><h1>别处</h1>${code}`)
    })
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready))
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    const frame = page.frameLocator('iframe')
    await frame.locator('figure svg').getByText(kinds[0]!, { exact: true }).waitFor()
    await frame.getByText('数据来源').first().waitFor()
    await reader.look('embedded')
    await reader.close()
    other.close()
  })

  it('never embeds what its reader alone may see', async () => {
    const reader = await readerOf(browser, base, readings[0]!)
    await bringIn(city, kept, '统一社会信用代码,企业名称\n', '空.csv')
    await reader.signIn('steward')
    await reader.page.goto(`/embed/entries/${kept}?view=table`)
    await reader.page.getByText(reader.t.looking.onlyOpen).waitFor()
    expect(await reader.page.getByRole('grid').count()).toBe(0)
    await reader.close()
  })
})

/** What the first view may weigh, compressed, so that it is there in a second on a telephone. */
const firstViewKilobytes = 250

it('loads plots and maps only when they are looked at, and the words of one language', async () => {
  const folder = new URL('../../web/dist', import.meta.url)
  const kilobytesOf = async (path: string) => {
    const packed = new URL(`${folder.href}${path}.gz`)
    return (await readFile(existsSync(packed) ? packed : new URL(`${folder.href}${path}`))).length / 1000
  }
  for (const path of ['/', '/search', `/entries/${open}`]) {
    const page = await (await fetch(base + path, { headers: { 'accept-language': 'zh-CN' } })).text()
    const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, script]) => script!)
    const sizes = await Promise.all(scripts.map(kilobytesOf))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstViewKilobytes)
    expect(scripts.some((script) => script.startsWith('/assets/words-zh-'))).toBe(true)
    expect(scripts.filter((script) => /canvas|maplibre|echarts|words-en/.test(script))).toEqual([])
  }
})

it('has the first words of a page in it before any script has run', async () => {
  const page = await (await fetch(`${base}/entries/${open}`)).text()
  expect(page).toMatch(/<div id="root"><div class="first">.*<h1>公共停车场<\/h1>/)
  // No script is waited for by them: what is fetched comes in nothing's way.
  expect(page).not.toMatch(/<script[^>]* src=/)
  expect(page.match(/<link rel="modulepreload"(?! fetchpriority="low")/)).toBeNull()
})
