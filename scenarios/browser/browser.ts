import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { ensureChromium } from '../../tools/chromium.ts'

const artefacts = fileURLToPath(new URL('../../artefacts/browser/', import.meta.url))

export async function openBrowser(): Promise<Browser> {
  mkdirSync(artefacts, { recursive: true })
  return chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
  })
}

export type Visit = { readonly language?: 'zh-CN' | 'en-GB'; readonly width?: number }

/** One person at a screen of their own; what the page itself complains about fails the test that looks at `complaints`. */
export async function visit(
  browser: Browser,
  base: string,
  { language = 'zh-CN', width = 1280 }: Visit = {},
) {
  const context = await browser.newContext({
    baseURL: base,
    locale: language,
    viewport: { width, height: 900 },
    acceptDownloads: true,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  // A breach of the page's own policy may be caught by a library and shown to nobody.
  await page.exposeFunction('complain', (words: string) => complaints.push(words))
  await page.addInitScript(() => {
    const { complain } = window as unknown as { complain: (words: string) => void }
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      complain(`policy: ${violatedDirective} ${blockedURI}`),
    )
  })
  return { page, complaints }
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('main').getByRole('button', { name: '登录' }).click()
  await page.waitForURL('**/desk')
}

/** Keeps a picture of the page as an artefact of the run. */
export const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: `${artefacts}${name}.png`, fullPage: true })

/** What axe finds against WCAG 2.2 AA, and help that is not read out with what it helps with, as one line each. */
export async function violations(page: Page): Promise<string[]> {
  const found = await axeOn(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  const untied = await page.evaluate(() => {
    const tied = [...document.querySelectorAll('[aria-describedby]')].flatMap((control) =>
      control.getAttribute('aria-describedby')!.split(' '),
    )
    const helps = [...document.querySelectorAll('p[id$="-help"], p[id$="-error"]')]
    return helps.map(({ id }) => id).filter((id) => !tied.includes(id))
  })
  return [...told(found), ...untied.map((id) => `help or error that no control is described by: ${id}`)]
}

/** No page of ours holds a page of others, so that axe needs no second one to put its findings together. */
const axeOn = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })

const told = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
