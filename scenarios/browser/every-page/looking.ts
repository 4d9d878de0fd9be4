import type { Browser, Page } from 'playwright-core'
import { en, zh } from '../../../web/src/text/whole.ts'
import { cityPassword } from '../../kit/city.ts'
import { violations, visit } from '../browser.ts'
import type { Looked } from './cities.ts'

const words = { zh, en }
const loading = new RegExp(`^(?:${zh.common.loading}|${en.common.loading})$`)
type Language = keyof typeof words

/** Who looks: a visitor, or an account of the city by its name. */
export type Viewer = 'visitor' | 'citizen' | 'user' | 'steward' | 'authority' | 'supervisor' | 'admin'

/** A viewer's window on a city; it stays open from page to page, as theirs would. */
export type Window = {
  readonly page: Page
  /** What the page complained of since it was last asked. */
  complaints(): string[]
}

export type Options = {
  /** The page is expected to tell of a refusal. */
  readonly refused?: boolean
  /** What is typed into the page's own search, where it shows hundreds of things that look alike. */
  readonly sought?: string
}

export async function windowOf(browser: Browser, { base }: Looked, viewer: Viewer): Promise<Window> {
  const { page, complaints } = await visit(browser, base)
  const context = page.context()
  // A page that never comes to rest is told by its name, before the others have no time left.
  page.setDefaultTimeout(20_000)
  if (viewer !== 'visitor')
    await context.request.post('/api/v1/session', { data: { username: viewer, password: cityPassword } })
  return { page, complaints: () => complaints.splice(0) }
}

/** Waits until the page has read whatever it shows, also what a telephone would fetch only when it is near. */
export async function untilRead(page: Page): Promise<void> {
  const read = page.getByRole('status').getByText(loading).first()
  await page.locator('#root > .first').waitFor({ state: 'detached' })
  await page.locator('h1, [role=alert]').first().waitFor()
  await read.waitFor({ state: 'detached' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await read.waitFor({ state: 'detached' })
}

export const languageOf = (page: Page): Promise<Language> =>
  page.evaluate(() => (document.documentElement.lang === 'en' ? 'en' : 'zh'))

/** Reads on in the other language, by the switch that every page has; gives the language. */
async function switchLanguage(page: Page, from: Language, embedded: boolean): Promise<Language> {
  const to = from === 'zh' ? 'en' : 'zh'
  if (embedded) {
    const address = new URL(page.url())
    address.searchParams.set('lang', to)
    await page.goto(address.href)
  } else await page.locator('button[lang]').dispatchEvent('click')
  await page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), to)
  return to
}

/** The light of the page as its switch sets it, at once. */
const inTheLight = (page: Page, light: 'light' | 'dark') =>
  page.evaluate((light) => {
    document.documentElement.dataset.light = light
  }, light)

/** How far something stands out of the window at the side. */
async function sideways(page: Page, language: Language): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  return wide > 0 ? [`${language}: ${wide} pixels stand out at the side of a telephone`] : []
}

/** Chinese words of a page in English that do not say that they are Chinese (WCAG 3.1.2). */
const unsaidChinese = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const parent = node.parentElement!
      if (
        !/\p{Script=Han}/u.test(node.textContent ?? '') ||
        /^(?:SCRIPT|STYLE|NOSCRIPT)$/.test(parent.tagName)
      )
        continue
      if (!parent.closest<HTMLElement>('[lang]')?.lang.startsWith('zh'))
        found.push(`Chinese that is not said to be: ${node.textContent} in ${parent.outerHTML.slice(0, 120)}`)
    }
    return found
  })

/** A page that tells of a failure, or that the city has nothing of the kind, is no example of it. */
async function noExample(page: Page, language: Language, expected: boolean): Promise<string[]> {
  const problems = await page.getByTestId('problem').allTextContents()
  const absent = await page.getByText(words[language].common.notHereWhy, { exact: true }).count()
  return [
    ...(expected ? [] : problems.map((problem) => `tells of a problem: ${problem}`)),
    ...(absent > 0 ? ['the city knows no such page'] : []),
  ]
}

/**
 * Everything that is amiss with the page as it is read in both languages: wide in the light in one, narrow in the dark
 * in the other; against WCAG by axe, and what the page complains of by itself.
 */
export async function amiss({ page, complaints }: Window, path: string, options: Options): Promise<string[]> {
  const embedded = path.startsWith('/embed/')
  const found: string[] = []
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(path)
  await untilRead(page)
  if (options.sought !== undefined) await page.locator('main input[type=search]').fill(options.sought)
  const first = await languageOf(page)
  for (const narrow of [false, true]) {
    const language = narrow ? await switchLanguage(page, first, embedded) : first
    await untilRead(page)
    if (narrow) await inTheLight(page, 'dark')
    found.push(...(await noExample(page, language, options.refused === true)))
    found.push(
      ...(await violations(page)).map((each) => `${language}, ${narrow ? 'narrow' : 'wide'}: ${each}`),
    )
    if (language === 'en') found.push(...(await unsaidChinese(page)))
    // Both languages are held against the width of a telephone, whose words are of different length.
    if (!narrow) await page.setViewportSize({ width: 390, height: 844 })
    found.push(...(await sideways(page, language)))
  }
  const [wanted, now] = [path, page.url()].map((address) => new URL(address, page.url()).pathname)
  return [...found, ...(wanted === now ? [] : [`led away to ${now}`]), ...complaints()]
}
