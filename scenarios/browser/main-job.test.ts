import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { openBrowser, picture, signIn, violations, visit } from './browser.ts'

let city: City
let base: string
let browser: Browser
let entryPath: string
const codes = Array.from({ length: 300 }, (_, index) => syntheticCreditCode(index))

beforeAll(async () => {
  city = await openCity('chongqing')
  base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
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

describe('The main job, by four people at their screens', () => {
  it('1. the steward registers an entry; what is missing is told before it goes out', async () => {
    const { page, complaints } = await as('steward')
    await page.getByRole('link', { name: '目录条目', exact: true }).click()
    await page.getByRole('link', { name: '登记目录条目' }).click()
    await page.getByLabel('名称').fill('企业登记信息')
    await page.getByRole('button', { name: '开始登记' }).click()
    await page.waitForURL('**/edit')
    await page.getByRole('textbox', { name: '摘要' }).fill('依法登记的企业的基本信息，供各单位核验。')
    await page.getByText('从表格粘贴信息项').click()
    await page
      .getByLabel('粘贴内容')
      .fill(
        [
          '统一社会信用代码\t统一社会信用代码\t登记机关赋予\t公开',
          '企业名称\t文本\t登记名称\t公开',
          '注册资本\t小数\t认缴\t公开',
          '法定代表人\t文本\t姓名\t个人信息',
          '联系电话\t电话号码\t企业电话\t个人信息',
        ].join('\n'),
      )
    await page.getByRole('button', { name: '添加 5 项' }).click()
    await page.getByLabel('统一社会信用代码：主键').check()
    await page.getByRole('radio', { name: /有条件共享/ }).check()
    await page.getByLabel('数据主体').selectOption('organisation')
    await picture(page, '1-editor')
    await page.getByTestId('save-state').filter({ hasText: '已保存' }).waitFor()
    await page.getByRole('link', { name: '核对并提交' }).click()
    await page.waitForURL(/\/entries\/[0-9a-f-]+$/)
    entryPath = new URL(page.url()).pathname

    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByRole('button', { name: '确认提交审核' }).click()
    const summary = page.getByRole('alert').filter({ hasText: '请补正以下内容' })
    await summary.waitFor()
    expect(await summary.textContent()).toContain('有条件共享须写明条件')
    await picture(page, '1-missing')

    await page.getByRole('link', { name: '修改条目' }).click()
    await page.getByLabel('共享条件').fill('用于履行法定职责的核验。')
    const basis = page.locator('#sharing-basis-rank, [id^="sharing-basis"]').first()
    await basis.waitFor()
    await page.getByLabel('效力层级').first().selectOption({ label: '法律' })
    await page.getByLabel('文件名称').first().fill('中华人民共和国个人信息保护法')
    await page.getByLabel('条款').first().fill('第十三条')
    await page.getByLabel('数据包含的内容').fill('企业基本信息')
    await page.getByLabel('评估结论').fill('有条件共享')
    await page.getByRole('radio', { name: /无条件开放/ }).check()
    await page.getByTestId('save-state').filter({ hasText: '已保存' }).waitFor()
    await page.getByRole('link', { name: '核对并提交' }).click()
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByRole('button', { name: '确认提交审核' }).click()
    await page.getByText('待审核').first().waitFor()
    expect(complaints).toEqual([])
  })

  it('2. the authority checks and publishes it', async () => {
    const { page, complaints } = await as('authority')
    await page.getByRole('link', { name: /企业登记信息/ }).click()
    await page.waitForURL(`**${entryPath}`)
    for (const act of ['审核通过', '发布']) {
      await page.getByRole('button', { name: act, exact: true }).click()
      await page.getByRole('button', { name: `确认${act}` }).click()
    }
    await page.getByText('条目已列入公共数据资源目录').first().waitFor()
    expect(complaints).toEqual([])
  })

  it('3. the steward uploads a file, reloads the page half way, accepts the schema and sees the refused row', async () => {
    const { page, complaints } = await as('steward')
    await page.goto(entryPath)
    await page.getByRole('link', { name: '上传数据' }).click()
    const lines = companyFile(codes).split('\n')
    lines[7] = lines[7]!.replace(/,[0-9.]+,/, ',不是数,')
    await page.getByTestId('upload-file').setInputFiles({
      name: '企业登记信息.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\n')),
    })
    await page.waitForURL('**/desk/batches/*')
    await page.reload()
    await page.getByRole('button', { name: '确认结构并入库' }).waitFor()
    await picture(page, '3-schema')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '确认结构并入库' }).click()
    await page.getByText('已入库').first().waitFor()
    await page.getByText('不是数').first().waitFor()
    expect(await page.getByRole('main').textContent()).toMatch(/299/)
    await picture(page, '3-loaded')
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载拒收行报告' }).click(),
    ])
    expect(report.suggestedFilename()).toContain('.csv')
    expect(complaints).toEqual([])
  })

  it('3a. a pull that is filled in wrongly is told at the question, which the problem names and leads to', async () => {
    const { page, complaints } = await as('steward')
    await page.goto(`/desk${entryPath}/upload`)
    await page.getByText('登记定时拉取').first().click()
    await page
      .getByLabel('从哪里取')
      .selectOption({ label: '数据库中的一张表（PostgreSQL、MySQL、MariaDB）' })
    const address = page.getByLabel('数据库地址')
    await address.fill('postgresql://db.example.gov.cn/register#part')
    await page.getByRole('button', { name: '登记定时拉取' }).click()
    const problem = page.getByTestId('problem')
    await problem.waitFor()
    expect(await problem.getByRole('listitem').allInnerTexts()).toEqual([
      '数据库地址：此项的格式不符合要求',
      '表或者视图：此项必填',
    ])
    expect(await address.getAttribute('aria-invalid')).toBe('true')
    expect(await violations(page)).toEqual([])
    await problem.getByRole('link', { name: '数据库地址' }).click()
    expect(await address.evaluate((control) => control === document.activeElement)).toBe(true)
    expect(complaints).toEqual([])
  })

  it('4. another department finds it, sees what a request would meet, and applies', async () => {
    const { page, complaints } = await as('user')
    await page.goto('/')
    await page.getByLabel('检索数据目录').fill('登记信息')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '企业登记信息' }).first().click()
    await page.waitForURL(`**${entryPath}`)
    const before = page.locator('#apply')
    await before.getByText('5 个工作日').first().waitFor()
    await picture(page, '4-before-you-apply')
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: '申请使用' }).click()
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('请补正以下内容').waitFor()
    await page.getByLabel(/^应用场景/).fill('低保家庭经济状况核对')
    for (const field of ['统一社会信用代码', '企业名称', '注册资本', '法定代表人'])
      await page.getByRole('checkbox', { name: field }).check()
    await picture(page, '4-apply')
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.waitForURL('**/desk/cases/*')
    await page.getByText('待答复').first().waitFor()
    await picture(page, '4-filed')
    expect(complaints).toEqual([])
  })

  it('5. the authority cannot refuse without reasons and basis, and agrees', async () => {
    const { page, complaints } = await as('authority')
    await picture(page, '5-inbox')
    expect(await violations(page)).toEqual([])
    await page
      .getByRole('link', { name: /企业登记信息/ })
      .first()
      .click()
    await page.waitForURL('**/desk/cases/*')
    await page.getByRole('button', { name: '不同意共享', exact: true }).click()
    await page.getByRole('button', { name: '确认不同意共享' }).click()
    const summary = page.getByText('请补正以下内容')
    await summary.waitFor()
    await picture(page, '5-refusal-held-back')
    await page.getByRole('button', { name: '返回' }).click()
    await page.getByRole('button', { name: '同意共享', exact: true }).click()
    await page.getByRole('button', { name: '确认同意共享' }).click()
    await page.getByTestId('act-grant').waitFor({ state: 'detached' })
    await page.waitForLoadState('networkidle')
    await picture(page, '5-decision')
    await page.getByRole('link', { name: '查看使用许可' }).first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('6. the department has a key at once and gets what was granted, and nothing else', async () => {
    const { page, complaints } = await as('user')
    await page.goto('/desk/grants')
    await page
      .getByRole('link', { name: /企业登记信息/ })
      .first()
      .click()
    await page.waitForURL('**/desk/grants/*')
    const form = page.getByRole('form', { name: '新建密钥' })
    await form.getByLabel(/^名称/).fill('低保核对系统')
    await form.getByRole('button', { name: '新建密钥' }).click()
    const key = await page.getByTestId('new-key').locator('code').textContent()
    await picture(page, '6-key')
    const system = { authorization: `Bearer ${key}` }
    const row = await fetch(`${base}/api/v1${entryPath}/rows/${codes[3]}`, { headers: system })
    expect(Object.keys(((await row.json()) as { row: object }).row)).toEqual([
      '统一社会信用代码',
      '企业名称',
      '注册资本',
      '法定代表人',
    ])
    const outside = await fetch(`${base}/api/v1${entryPath}/rows?fields=${encodeURIComponent('联系电话')}`, {
      headers: system,
    })
    expect(outside.status).toBe(403)
    expect(complaints).toEqual([])
  })

  it('7. a citizen looks at open data as table, plot and map, and downloads it, without an account', async () => {
    const stops = await publishEntry(city, {
      title: '公交站点',
      summary: '主城区公交站点的位置。',
      theme: 'transport',
      keywords: ['公交'],
      fields: [
        { name: '站点编号', type: 'text', sensitivity: 'public', key: true, required: true },
        { name: '站点名称', type: 'text', sensitivity: 'public' },
        { name: '经度', type: 'longitude', sensitivity: 'public' },
        { name: '纬度', type: 'latitude', sensitivity: 'public' },
        { name: '类型', type: 'text', sensitivity: 'public' },
        { name: '启用日期', type: 'date', sensitivity: 'public' },
      ],
      sharing: unconditional,
      opening: unconditional,
    })
    const rows = Array.from(
      { length: 120 },
      (_, i) =>
        `S${String(i).padStart(4, '0')},示例站${i},${(106.5 + (i % 12) * 0.01).toFixed(5)},${(29.5 + (i % 10) * 0.01).toFixed(5)},${['首末站', '中间站', '枢纽'][i % 3]},2024-${String((i % 12) + 1).padStart(2, '0')}-01`,
    )
    const batch = await bringIn(
      city,
      stops,
      ['站点编号,站点名称,经度,纬度,类型,启用日期', ...rows].join('\n'),
      '公交站点.csv',
    )
    expect(batch.state).toBe('live')

    const { page, complaints } = await visit(browser, base)
    await page.goto('/')
    await picture(page, '7-portal')
    expect(await violations(page)).toEqual([])
    await page.getByLabel('检索数据目录').fill('公交')
    await page.getByRole('button', { name: '检索' }).click()
    await picture(page, '7-search')
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: '公交站点' }).first().click()
    await page.getByText('示例站0').first().waitFor()
    await picture(page, '7-table')
    expect(await violations(page)).toEqual([])
    const views = page
      .getByRole('group', { name: '查看方式' })
      .or(page.getByRole('radiogroup', { name: '查看方式' }))
      .or(page.getByRole('tablist', { name: '查看方式' }))
    await views.getByText('图表').click()
    await page.locator('figure canvas, figure svg').first().waitFor()
    await picture(page, '7-plot')
    await views.getByText('地图').click()
    await page.locator('.maplibregl-canvas').waitFor()
    await page.getByText('共 120 个位置').waitFor()
    await picture(page, '7-map')
    await page.reload()
    await page.locator('.maplibregl-canvas').waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV', exact: true }).click(),
    ])
    expect(file.suggestedFilename()).toBe('公交站点.csv')
    expect(await page.getByText(/^数据来源：/).textContent()).toContain('公交站点')
    expect(complaints).toEqual([])
  })

  it('8. reads in English and on a phone, and nothing but tables scrolls sideways', {
    timeout: 180_000,
  }, async () => {
    const { page, complaints } = await visit(browser, base, { language: 'en-GB', width: 360 })
    for (const path of [
      '/?lang=en',
      '/search?q=公交&lang=en',
      `${entryPath}?lang=en`,
      '/law?lang=en',
      '/procedures/sharing-request?lang=en',
      '/verify?lang=en',
      '/api/docs?lang=en',
    ]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      expect([
        path,
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      ]).toEqual([path, true])
      await picture(page, `8-phone${path.replace(/\W+/g, '-')}`)
      // Of the some two hundred operations, which are all made alike, axe looks at a few.
      if (path.startsWith('/api/docs')) await page.getByLabel('Filter by name or address').fill('/rows')
      expect(await violations(page)).toEqual([])
    }
    expect(complaints).toEqual([])
  })
})
