import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { openBrowser, picture, signIn, violations, visit } from './browser.ts'

let city: City
let base: string
let browser: Browser
let entry: string
const codes = Array.from({ length: 20 }, (_, index) => syntheticCreditCode(index))

beforeAll(async () => {
  city = await openCity('tianjin')
  base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
  entry = await publishEntry(city, {})
  await bringIn(city, entry, companyFile(codes))
})
afterAll(async () => {
  await browser.close()
  await city.close()
})

const as = async (username: string) => {
  const someone = await visit(browser, base)
  await signIn(someone.page, username, cityPassword)
  return someone
}

async function act(page: Page, name: string, fill: () => Promise<void> = async () => {}): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await fill()
  await page.getByRole('button', { name: `确认${name}` }).click()
  await page.getByRole('button', { name: `确认${name}` }).waitFor({ state: 'detached' })
}

const apply = async (page: Page, scenario: string): Promise<string> => {
  await page.goto(`/desk/apply/${entry}`)
  await page.getByLabel(/^用途/).fill(scenario)
  for (const field of ['统一社会信用代码', '企业名称'])
    await page.getByRole('checkbox', { name: field }).check()
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.waitForURL('**/desk/cases/*')
  return new URL(page.url()).pathname
}

describe('The main job under a regulation of another shape', () => {
  it('lets the provider accept, shows its two working days from then, and shares on its word', async () => {
    const user = await as('user')
    await user.page.goto(`/entries/${entry}`)
    await user.page.locator('#apply').getByText('2 个工作日').first().waitFor()
    const request = await apply(user.page, '低保家庭经济状况核对')
    await user.page.getByText('待受理').first().waitFor()
    const provider = await as('steward')
    await provider.page.goto(request)
    await act(provider.page, '受理')
    await provider.page.getByText('已受理，待答复').first().waitFor()
    await picture(provider.page, 'tianjin-accepted')
    expect(await violations(provider.page)).toEqual([])
    await act(provider.page, '同意共享')
    await user.page.reload()
    await user.page.getByRole('link', { name: '查看使用许可' }).first().click()
    await user.page.waitForURL('**/desk/grants/*')
    expect([...user.complaints, ...provider.complaints]).toEqual([])
  })

  it('takes a difference through negotiation to the municipal authority', async () => {
    const user = await as('user')
    const request = await apply(user.page, '救助对象资格复核')
    const provider = await as('steward')
    await provider.page.goto(request)
    await act(provider.page, '受理')
    await act(provider.page, '不同意共享', async () => {
      await provider.page.getByLabel(/^理由/).fill('所述用途不在目录载明的条件之内。')
      await provider.page.getByLabel('效力层级').selectOption({ index: 1 })
      await provider.page.getByLabel('文件名称').fill('中华人民共和国个人信息保护法')
      await provider.page.getByLabel('条款').fill('第十三条')
    })
    await user.page.reload()
    await user.page.getByText('所述用途不在目录载明的条件之内。').first().waitFor()
    await act(user.page, '发起协商', async () => {
      await user.page.getByLabel(/^协商意见/).fill('救助资格复核属于目录载明的法定职责。')
    })
    await user.page.getByText('协商中').first().waitFor()
    await picture(user.page, 'tianjin-negotiation')
    expect(await violations(user.page)).toEqual([])
    expect([...user.complaints, ...provider.complaints]).toEqual([])
  })

  it('keeps a draft for its writer and shows it to nobody who signs in after on the same computer', async () => {
    const { page } = await as('user')
    const form = `/desk/apply/${entry}`
    const leave = async () => {
      await page.getByRole('button', { name: '退出' }).click()
      await page.waitForURL(`${base}/`)
    }
    await page.goto(form)
    await page.getByLabel(/^用途/).fill('尚未写完的用途')
    await page.reload()
    expect(await page.getByLabel(/^用途/).inputValue()).toBe('尚未写完的用途')
    await leave()
    await signIn(page, 'other', cityPassword)
    await page.goto(form)
    expect(await page.getByLabel(/^用途/).inputValue()).toBe('')
    await leave()
    await signIn(page, 'user', cityPassword)
    await page.goto(form)
    expect(await page.getByLabel(/^用途/).inputValue()).toBe('尚未写完的用途')
  })

  it('draws rows that have only a division code at the points of their districts', async () => {
    const centres = await publishEntry(city, {
      title: '社区服务中心',
      fields: [
        { name: '中心编号', type: 'text', sensitivity: 'public', key: true, required: true },
        { name: '行政区划代码', type: 'division-code', sensitivity: 'public' },
        { name: '行政区划名称', type: 'text', sensitivity: 'public' },
      ],
      sharing: unconditional,
      opening: unconditional,
    })
    const districts = ['120101,和平区', '120102,河东区', '120110,东丽区']
    const rows = Array.from({ length: 30 }, (_, i) => `F${100 + i},${districts[i % 4 === 3 ? 0 : i % 4]}`)
    const batch = await bringIn(
      city,
      centres,
      ['中心编号,行政区划代码,行政区划名称', ...rows].join('\n'),
      '社区服务中心.csv',
    )
    expect(batch.state).toBe('live')
    const { page, complaints } = await visit(browser, base)
    await page.goto(`/entries/${centres}`)
    await page.getByText('地图', { exact: true }).click()
    await page.locator('.maplibregl-canvas').waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: '120101' }).textContent()).toMatch(/15$/)
    await picture(page, 'tianjin-districts')
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})
