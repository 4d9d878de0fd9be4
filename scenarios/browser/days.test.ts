import { civilDateOf } from '@tiaoli/kernel/instants'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, fileRequest, publishEntry, unconditional } from '../kit/acts.ts'
import { agreedRequest, offerAgreement } from '../kit/agreements.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode, syntheticIdentityNumber } from '../kit/synthetic.ts'
import { openBrowser } from './browser.ts'
import { press, type Reader, type Reading, readerOf, readings, tabTo, type } from './reader.ts'

let city: City
let base: string
let browser: Browser
let entry: string
let opened: string
const codes = Array.from({ length: 40 }, (_, index) => syntheticCreditCode(index))
const title = '企业信用评价'

beforeAll(async () => {
  city = await openCity('chongqing')
  base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
  entry = await publishEntry(city, { title, opening: conditional })
  await bringIn(city, entry, companyFile(codes))
  opened = await publishEntry(city, {
    title: '公共停车场',
    summary: '公共停车场的名称和泊位数。',
    theme: 'transport',
    keywords: ['停车'],
    fields: [
      { name: '编号', type: 'text', sensitivity: 'public', key: true, required: true },
      { name: '名称', type: 'text', sensitivity: 'public' },
      { name: '泊位', type: 'integer', sensitivity: 'public' },
      { name: '类型', type: 'text', sensitivity: 'public' },
    ],
    sharing: unconditional,
    opening: unconditional,
  })
  const lots = Array.from(
    { length: 30 },
    (_, i) => `P${i},示例停车场${i},${40 + i},${['路侧', '路外'][i % 2]}`,
  )
  await bringIn(city, opened, ['编号,名称,泊位,类型', ...lots].join('\n'), '停车场.csv')
})
afterAll(async () => {
  await browser.close()
  await city.close()
})

const nameOf = ({ language, width }: Reading): string => `${language} ${width}`
const wordsOf = (procedure: string) => city.house.rulebook.procedures.find(({ key }) => key === procedure)!
const actOf = (procedure: string, key: string) => wordsOf(procedure).acts.find((act) => act.key === key)!

const filed = async (caller: Caller): Promise<string> => {
  const answer = await fileRequest(caller, entry)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.id
}

/** Answers the form of registration; every reader is somebody else. */
async function register({ page, t }: Reader, number: number): Promise<void> {
  const { asks } = t.registration
  await page.getByLabel(asks.name.label, { exact: true }).fill('示例新申请人')
  await page.getByLabel(asks.identityNumber.label).fill(syntheticIdentityNumber(number))
  await page.getByLabel(asks.username.label).fill(`newcomer${number}`)
  await page.getByLabel(asks.password.label, { exact: true }).fill('a-long-synthetic-word')
  await page.getByLabel(asks.repeat.label).fill('a-long-synthetic-word')
}

describe("The applicant's day", () => {
  for (const [number, reading] of readings.entries())
    it(`from the front page to "submitted" in six steps, registration included (${nameOf(reading)})`, async () => {
      const reader = await readerOf(browser, base, reading)
      const { page, t, say } = reader
      const file = actOf('opening-request', 'file')
      const content = (key: string) => say(file.content.find((field) => field.key === key)!.title)
      let steps = 0
      /** What a person does at one page: everything filled in, then one press that leads on. */
      const step = async (leadsTo: string | RegExp, goOn: () => Promise<unknown>) => {
        steps += 1
        await goOn()
        await page.waitForURL(leadsTo)
      }
      await page.goto('/')
      await reader.look('front')
      await page.getByLabel(t.search.label).fill(title)
      await step('**/search?*', () => page.keyboard.press('Enter'))
      await reader.look('search')
      await step(`**/entries/${entry}`, () => page.getByRole('link', { name: title }).first().click())
      await page.getByTestId('before-you-apply').first().waitFor()
      await reader.look('entry')
      await step('**/sign-in?*', () =>
        page.getByRole('link', { name: t.apply.signInToApply }).first().click(),
      )
      await reader.look('sign-in')
      await step('**/register?*', () => page.getByRole('link', { name: t.signIn.register }).click())
      await reader.look('register')
      await register(reader, 700 + number)
      await step('**/desk/apply/*', () => page.getByRole('button', { name: t.registration.submit }).click())
      await page.getByLabel(content('scenario')).fill('行业分布研究')
      await page.getByRole('checkbox', { name: '企业名称' }).check()
      await page.getByText(t.form.draftKept).waitFor()
      await page.reload()
      expect(await page.getByLabel(content('scenario')).inputValue()).toBe('行业分布研究')
      expect(await page.getByRole('checkbox', { name: '企业名称' }).isChecked()).toBe(true)
      await reader.look('apply')
      await step('**/desk/cases/*', () => page.getByRole('button', { name: t.apply.submit }).click())
      await page.getByTestId('case-state').waitFor()
      expect(steps).toBeLessThanOrEqual(6)

      const now = page.getByTestId('case-state')
      expect(await now.textContent()).toContain(
        t.cases.next.may(say(actOf('opening-request', 'withdraw').title)),
      )
      expect(await now.locator('li').count()).toBe(1)
      await reader.look('submitted')
      await page.goto('/desk/requests')
      await page.getByRole('link', { name: new RegExp(title) }).waitFor()
      await reader.look('requests')
      await reader.close()
    })

  it('signs the agreement, and the data are there at once', async () => {
    const reading = readings[0]!
    const caseId = await agreedRequest(city, entry, city.citizen)
    const inDays = (days: number) => civilDateOf(new Date(Date.now() + days * 86_400_000))
    const terms = { until: inDays(365), 'feedback-first': inDays(180) }
    expect((await offerAgreement(city, caseId, terms)).status).toBe(200)
    const reader = await readerOf(browser, base, reading)
    const { page, t, say } = reader
    await reader.signIn('citizen')
    await page.goto(`/desk/cases/${caseId}`)
    const sign = say(actOf('opening-request', 'countersign-agreement').title)
    await page.getByTestId('case-state').getByText(t.cases.next.must('').slice(0, 4)).waitFor()
    await page.getByRole('button', { name: sign, exact: true }).click()
    await page.getByRole('button', { name: t.form.confirmAct(sign) }).click()
    await page.getByRole('link', { name: t.cases.toGrant }).click()
    await page.waitForURL('**/desk/grants/*')
    await reader.look('grant')
    await page.goto(`/entries/${entry}`)
    await page.locator('#data').scrollIntoViewIfNeeded()
    await page.getByText('示例企业1', { exact: true }).first().waitFor()
    await reader.close()
  })
})

describe("The officer's day", () => {
  for (const reading of readings)
    it(`decides in three presses from the inbox, and sees it counted (${nameOf(reading)})`, async () => {
      const id = await filed(city.user)
      const reader = await readerOf(browser, base, reading)
      const { page, t, say } = reader
      await reader.signIn('authority')
      await reader.look('inbox')
      const grant = say(actOf('sharing-request', 'grant').title)
      let presses = 0
      const click = async (wanted: ReturnType<typeof page.getByRole>) => {
        presses += 1
        await wanted.click()
      }
      await click(page.locator(`a[href="/desk/cases/${id}"]`))
      await page.getByTestId('case-state').waitFor()
      await reader.look('case')
      await click(page.getByRole('button', { name: grant, exact: true }))
      await click(page.getByRole('button', { name: t.form.confirmAct(grant) }))
      await page.getByTestId('act-grant').waitFor({ state: 'detached' })
      await page.getByTestId('case-state').waitFor({ state: 'detached' })
      expect(presses).toBe(3)
      await reader.look('decided')

      await page.goto('/desk/figures?by=decider')
      const answered = page.getByTestId('figures-summary').getByRole('link').nth(1)
      const count = Number(await answered.textContent())
      await page.locator('figure svg').first().waitFor()
      await reader.look('figures')
      await answered.click()
      await page.waitForURL('**/desk/counted?*')
      await page.getByRole('list', { name: t.figures.counted }).waitFor()
      expect(await page.locator('a[data-row]').count()).toBe(count)
      await reader.look('counted')
      await reader.close()
    })
})

describe("The citizen's day", () => {
  for (const reading of readings)
    it(`finds open data, looks at them and takes them away without an account (${nameOf(reading)})`, async () => {
      const reader = await readerOf(browser, base, reading)
      const { page, t } = reader
      await page.goto('/')
      await page.getByLabel(t.search.label).fill('停车')
      await page.getByRole('button', { name: t.search.search }).click()
      await page.getByRole('link', { name: '公共停车场' }).first().click()
      await page.locator('#data').scrollIntoViewIfNeeded()
      await page.getByText('示例停车场0').first().waitFor()
      await reader.look('table')
      await page.getByText(t.data.views.plot, { exact: true }).click()
      await page.locator('figure svg').first().waitFor()
      await reader.look('plot')
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: t.data.formats.csv }).first().click(),
      ])
      expect(file.suggestedFilename()).toBe('公共停车场.csv')
      for (const [name, address] of [
        ['law', '/law/CQ-28'],
        ['procedure', '/procedures/opening-request'],
        ['public-figures', '/figures'],
        ['missing', '/no-such-page'],
      ] as const) {
        const answer = await page.goto(address)
        expect(answer?.status()).toBe(name === 'missing' ? 404 : 200)
        await reader.look(name)
      }
      await reader.close()
    })

  it('keeps a language that an address names, on the pages after it too', async () => {
    const reader = await readerOf(browser, base, readings[0]!)
    await reader.page.goto('/search?lang=en')
    await reader.page.getByRole('link', { name: 'Procedures' }).click()
    await reader.page.reload()
    await reader.page.getByRole('link', { name: 'Catalogue', exact: true }).waitFor()
    expect(await reader.page.locator('html').getAttribute('lang')).toBe('en')
    await reader.close()
  })
})

describe('By keyboard alone', () => {
  const reading = readings[0]!

  it('a citizen finds, looks and downloads', async () => {
    const { page, t, close } = await readerOf(browser, base, reading)
    await page.goto('/')
    await page.getByLabel(t.search.label).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('停车')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search?*')
    await press(page, page.getByRole('link', { name: '公共停车场' }).first())
    await page.waitForURL(`**/entries/${opened}`)
    await press(page, page.getByRole('button', { name: t.data.views.plot }))
    await page.locator('figure svg').first().waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      press(page, page.getByRole('link', { name: t.data.formats.csv }).first()),
    ])
    expect(file.suggestedFilename()).toBe('公共停车场.csv')
    await close()
  })

  it('an applicant signs in, applies, and takes the request back', async () => {
    const { page, t, say, close } = await readerOf(browser, base, reading)
    const file = actOf('sharing-request', 'file')
    await page.goto(`/sign-in?to=/desk/apply/${entry}`)
    await type(page, page.getByLabel(t.signIn.username), 'other')
    await type(page, page.getByLabel(t.signIn.password), 'synthetic-password')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/desk/apply/*')
    await type(page, page.getByLabel(say(file.content[0]!.title)), '行业监管')
    await press(page, page.getByRole('checkbox', { name: '企业名称' }), 'Space')
    await press(page, page.getByRole('button', { name: t.apply.submit }))
    await page.waitForURL('**/desk/cases/*')
    const withdraw = say(actOf('sharing-request', 'withdraw').title)
    await press(page, page.getByRole('button', { name: withdraw, exact: true }))
    await press(page, page.getByRole('button', { name: t.form.confirmAct(withdraw) }))
    await page.getByTestId('case-state').waitFor({ state: 'detached' })
    await close()
  })

  it('an officer opens the inbox, is told what a refusal lacks, and refuses', async () => {
    const id = await filed(city.user)
    const { page, t, say, close } = await readerOf(browser, base, reading)
    await page.goto('/sign-in?to=/search')
    await type(page, page.getByLabel(t.signIn.username), 'authority')
    await type(page, page.getByLabel(t.signIn.password), 'synthetic-password')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search')
    // The page before stays in place, with its answer under the cursor, until this one can be shown.
    await page.getByLabel(t.search.label).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await page.waitForURL('**/desk')
    await press(page, page.locator(`a[href="/desk/cases/${id}"]`))
    await page.waitForURL(`**/desk/cases/${id}`)
    const refuse = say(actOf('sharing-request', 'refuse').title)
    const confirm = page.getByRole('button', { name: t.form.confirmAct(refuse) })
    await press(page, page.getByRole('button', { name: refuse, exact: true }))
    await press(page, confirm)
    const told = page.getByRole('alert').getByRole('link').first()
    await press(page, told)
    await page.keyboard.type('所述场景不在目录载明的条件之内。')
    await tabTo(page, page.getByLabel('效力层级'))
    await page.keyboard.press('ArrowDown')
    await type(page, page.getByLabel('文件名称'), '中华人民共和国个人信息保护法')
    await type(page, page.getByLabel('条款'), '第十三条')
    await press(page, confirm)
    await page.getByTestId('case-state').waitFor({ state: 'detached' })
    const { body } = await city.authority.get(`/api/v1/cases/${id}`)
    expect(body.outcome).toBe('refused')
    await close()
  })
})
