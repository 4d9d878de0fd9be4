import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { DeskWords } from '../../web/src/text/parts.ts'
import { en, zh } from '../../web/src/text/whole.ts'
import { cityPassword } from '../kit/city.ts'
import { violations, visit } from './browser.ts'

export type Reading = {
  readonly language: 'zh' | 'en'
  readonly width: number
}

/** Both languages and both widths; every page by itself is looked at in each language on a telephone by `every-page.test.ts`. */
export const readings: readonly Reading[] = [
  { language: 'zh', width: 1280 },
  { language: 'en', width: 390 },
]

/** Somebody at a screen who reads one language, with the words of the interface in it. */
export type Reader = {
  readonly page: Page
  readonly t: DeskWords
  say(text: { zh: string; en: string }): string
  /** Looks at the page once it has read what it shows: no violation, nothing that scrolls sideways, no complaint. */
  look(name: string): Promise<void>
  signIn(username: string): Promise<void>
  close(): Promise<void>
}

export async function readerOf(browser: Browser, base: string, reading: Reading): Promise<Reader> {
  const { language, width } = reading
  const { page, complaints } = await visit(browser, base, {
    language: language === 'zh' ? 'zh-CN' : 'en-GB',
    width,
  })
  const t = { zh, en }[language]
  return {
    page,
    t,
    say: (text) => text[language],
    async look(name) {
      const read = page.getByText(t.common.loading, { exact: true }).first()
      await page.locator('#root > .first').waitFor({ state: 'detached' })
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await read.waitFor({ state: 'detached' })
      // What a telephone fetches only when the reader comes near it is looked at too: paper has all of it.
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
      await read.waitFor({ state: 'detached' })
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
      const found = await violations(page)
      expect({ name, fits, violations: found, complaints }).toEqual({
        ...{ name, fits: true, violations: [], complaints: [] },
      })
    },
    async signIn(username) {
      await page.goto('/sign-in')
      await page.getByLabel(t.signIn.username).fill(username)
      await page.getByLabel(t.signIn.password).fill(cityPassword)
      await page.getByRole('main').getByRole('button', { name: t.signIn.submit }).click()
      await page.waitForURL('**/desk')
    },
    close: () => page.context().close(),
  }
}

const mostSteps = 200

/** Goes on with the Tab key until the control has the focus, and sees that the focus shows. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let step = 0; step < mostSteps; step += 1) {
    const state = await wanted.evaluate((element) => {
      const style = getComputedStyle(element)
      const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
      return element === document.activeElement ? (shown ? 'seen' : 'unseen') : 'elsewhere'
    })
    if (state === 'seen') return
    if (state === 'unseen') throw new Error(`the focus does not show on ${wanted}`)
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${wanted}`)
}

/** Reaches the control by Tab and presses a key on it. */
export async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press(key)
}

/** Reaches the question by Tab and types the answer. */
export async function type(page: Page, wanted: Locator, answer: string): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.type(answer)
}
