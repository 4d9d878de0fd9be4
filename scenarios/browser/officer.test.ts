import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileRequest, publishEntry } from '../kit/acts.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { openBrowser, picture, signIn, violations, visit } from './browser.ts'

let city: City
let base: string
let browser: Browser
const filed: { id: string; number: string }[] = []

beforeAll(async () => {
  city = await openCity('chongqing')
  base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
  const entryId = await publishEntry(city, {})
  for (let count = 0; count < 5; count += 1) filed.push((await fileRequest(city.user, entryId)).body)
  await city.house.identity.createUser({
    username: 'colleague',
    name: '示例同事',
    password: cityPassword,
    organisationId: 'authority',
    powers: ['officer'],
  })
})
afterAll(async () => {
  await browser.close()
  await city.close()
})

const outcome = async (id: string) => (await city.authority.get(`/api/v1/cases/${id}`)).body.outcome

/** Goes on by Tab alone until what is focused bears the name; fails where the page has it nowhere. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (name.test(focused.trim())) return
  }
  throw new Error(`Tab never came to ${name}`)
}

describe('An officer at the desk', () => {
  it('decides within three clicks from the inbox', async () => {
    const { page, complaints } = await visit(browser, base)
    await signIn(page, 'authority', cityPassword)
    await page.getByRole('link', { name: new RegExp(filed[0]!.number) }).click()
    await page.getByRole('button', { name: '同意共享', exact: true }).click()
    await page.getByRole('button', { name: '确认同意共享' }).click()
    await page.getByTestId('decision').waitFor()
    expect(await outcome(filed[0]!.id)).toBe('granted')
    expect(complaints).toEqual([])
  })

  it('does so by keyboard alone', async () => {
    const { page, complaints } = await visit(browser, base)
    await signIn(page, 'authority', cityPassword)
    await page.getByRole('link', { name: new RegExp(filed[1]!.number) }).waitFor()
    await page.keyboard.press('j')
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-row'))).toBe(true)
    const number = await page.evaluate(() => document.activeElement?.textContent ?? '')
    const chosen = filed.find((each) => number.includes(each.number))!
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/desk/cases/${chosen.id}`)
    await page.getByRole('button', { name: '同意共享', exact: true }).waitFor()
    await tabTo(page, /^同意共享$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^确认同意共享$/)
    await page.keyboard.press('Enter')
    await page.getByTestId('decision').waitFor()
    expect(await outcome(chosen.id)).toBe('granted')
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await page.waitForURL('**/desk')
    expect(complaints).toEqual([])
  })

  it('deals with several cases at a time, each answered by itself', async () => {
    const { page, complaints } = await visit(browser, base)
    await signIn(page, 'authority', cityPassword)
    await page.getByRole('button', { name: '批量办理' }).click()
    const boxes = page.getByRole('checkbox', { name: /^选择 / })
    await boxes.first().waitFor()
    for (let index = 0; index < 2; index += 1) await boxes.nth(index).check()
    await picture(page, 'officer-together')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '同意共享', exact: true }).click()
    await page.getByRole('button', { name: '确认同意共享' }).click()
    await page.getByText('2 件中办结本操作 2 件').waitFor()
    const outcomes = await Promise.all(filed.map(({ id }) => outcome(id)))
    expect(outcomes.filter((each) => each === 'granted')).toHaveLength(4)
    expect(complaints).toEqual([])
  })

  it('comments, keeps a reply, fills it in, and takes the case file along', async () => {
    const { page, complaints } = await visit(browser, base)
    await signIn(page, 'authority', cityPassword)
    await page.getByRole('link', { name: '工作安排' }).click()
    await page.getByRole('textbox', { name: '名称' }).fill('场景不符')
    await page.getByRole('textbox', { name: '内容' }).fill('所述场景不需要所申请的信息项。')
    await page.getByRole('button', { name: '保存为常用答复' }).click()
    await page.getByRole('cell', { name: '场景不符', exact: true }).waitFor()
    await picture(page, 'officer-arrangements')
    expect(await violations(page)).toEqual([])

    await page.getByRole('link', { name: '待办' }).first().click()
    await page.getByRole('list', { name: '待办' }).getByRole('link').first().click()
    await page.getByRole('textbox', { name: '写意见' }).fill('内部讨论：需要核对场景')
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByRole('list', { name: '意见' }).getByText('内部讨论：需要核对场景').waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '办件档案（PDF）' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^CQ-GX-.*\.pdf$/)
    await page.getByRole('button', { name: '不同意共享', exact: true }).click()
    await page.getByRole('combobox', { name: '套用常用答复' }).selectOption({ label: '场景不符' })
    expect(await page.getByRole('textbox', { name: '理由' }).inputValue()).toBe(
      '所述场景不需要所申请的信息项。',
    )
    await picture(page, 'officer-case')
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it.each([
    ['zh-CN', 390],
    ['en-GB', 390],
    ['en-GB', 1280],
  ] as const)('finds inbox and arrangements in order in %s at %i pixels', async (language, width) => {
    const { page, complaints } = await visit(browser, base, { language, width })
    await page.context().request.post(`${base}/api/v1/session`, {
      data: { username: 'colleague', password: cityPassword },
    })
    for (const path of ['/desk', '/desk/arrangements', `/desk/cases/${filed[0]!.id}`]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect([path, overflow]).toEqual([path, 0])
      expect(await violations(page)).toEqual([])
      await picture(page, `officer-${language}-${width}${path.replaceAll('/', '-').slice(0, 24)}`)
    }
    expect(complaints).toEqual([])
  })
})
