import { buffer } from 'node:stream/consumers'
import { readWorkbook, type SheetRow, workbookOf } from '@tiaoli/server/foundations/lake/index'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { companyRegister, conditional, publishEntry, unconditional } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'

const base = '/api/v1/bulk-edits'
let city: City
let published: string
let draft: string
let foreign: string

beforeAll(async () => {
  city = await openCity('chongqing-2022')
  city.at('2026-09-01T02:00:00Z')
  published = await publishEntry(city, { title: '企业登记信息', opening: unconditional })
  const drafted = await city.steward.post('/api/v1/entries', {
    ...companyRegister,
    ...{ title: '个体工商户信息', sharing: conditional },
  })
  draft = drafted.body.id
  foreign = await publishEntry(city, { title: '社会救助信息' }, city.user)
})
afterAll(() => city.close())

type Sheets = { name: string; rows: (string | null)[][] }[]

async function download(caller: Caller = city.steward): Promise<Sheets> {
  const sheets = await readWorkbook(await caller.bytes('/api/v1/bulk-edit-sheet'), 1000)
  return sheets.map(({ name, rows }) => ({ name, rows: rows.map(({ cells }: SheetRow) => [...cells]) }))
}

/** Sets a cell by the entry (or the field) of its line and the key in the heading of its column. */
function set(sheets: Sheets, sheet: 0 | 1, of: string, key: string, value: string): void {
  const [head, ...lines] = sheets[sheet]!.rows
  const column = head!.findIndex((heading) => heading!.endsWith(`[${key}]`))
  const row = lines.find((cells) => cells.includes(of))!
  while (row.length <= column) row.push(null)
  row[column] = value
}

async function upload(sheets: Sheets, caller: Caller = city.steward) {
  const bytes = await buffer(
    workbookOf(sheets.map((sheet) => ({ ...sheet, widths: sheet.rows[0]!.map(() => 12) }))),
  )
  return caller.upload(`${base}?filename=entries.xlsx`, bytes)
}

const linesOf = async (id: string) => (await city.steward.get(`${base}/${id}/lines`)).body.items
const titleOf = async (id: string) => (await city.steward.get(`/api/v1/entries/${id}`)).body.title

it('is for those who compile entries, each for their own organisation', async () => {
  const mine = await upload(await download())
  for (const path of ['/api/v1/bulk-edit-sheet', base, `${base}/${mine.body.id}`]) {
    expect(expectProblem(await city.visitor.get(path))).toBe('not-signed-in')
    expect(expectProblem(await city.authority.get(path))).toBe('not-allowed')
  }
  expect(expectProblem(await city.user.get(`${base}/${mine.body.id}`))).toBe('not-found')
  expect(expectProblem(await city.user.post(`${base}/${mine.body.id}/application`))).toBe('not-found')
  expect((await download(city.user))[0]!.rows.flat()).not.toContain(published)
})

it('says nothing of a sheet that came back as it went', async () => {
  const { status, body } = await upload(await download())
  expect([status, body.state, body.acts]).toEqual([201, 'previewed', []])
  expect(body.counts).toMatchObject({ same: 2, change: 0, refused: 0 })
  expect(expectProblem(await city.steward.post(`${base}/${body.id}/application`))).toBe('act-not-available')
})

it('refuses files that are no such sheet', async () => {
  const text = await city.steward.upload(`${base}?filename=entries.xlsx`, 'title\n企业')
  expect(expectProblem(text)).toBe('file-unreadable')
  const large = Buffer.alloc(10 * 1024 * 1024 + 1)
  const oversized = await city.steward.upload(`${base}?filename=entries.xlsx`, large)
  expect([oversized.status, expectProblem(oversized)]).toEqual([413, 'too-large'])
  const other = await upload([{ name: 'Sheet1', rows: [['a'], ['b']] }])
  expect(expectProblem(other)).toBe('file-unreadable')
  const sheets = await download()
  sheets[0]!.rows[0]!.push('随意一列')
  sheets[0]!.rows[1]!.push('x')
  const odd = await upload(sheets)
  expect([expectProblem(odd), odd.body.errors.map(({ path }: { path: string }) => path)]).toEqual([
    'content-incomplete',
    ['条目: 随意一列'],
  ])
})

it('refuses by line and cell what cannot be taken, and writes nothing', async () => {
  const sheets = await download()
  const [head, first] = sheets[0]!.rows
  sheets[0]!.rows.push([...first!])
  sheets[0]!.rows.push(head!.map((_, column) => (column === 0 ? foreign : '1')))
  set(sheets, 0, draft, 'updateCycle', '每旬')
  set(sheets, 1, '注册资本', 'type', '金额')
  const { body } = await upload(sheets)
  expect(body.counts).toMatchObject({ refused: 4, change: 0 })
  const lines = await linesOf(body.id)
  const columns = lines.map(({ errors }: { errors: { sheet: { en: string }; column: string }[] }) =>
    errors.map(({ sheet, column }) => `${sheet.en}: ${column}`),
  )
  const type = 'Fields: 数据类型 [type]'
  const id = 'Entries: 条目标识（勿改） [id]'
  expect(columns.map((each: string[]) => [...new Set(each)].sort())).toEqual(
    [[id, type], ['Entries: 更新周期 [updateCycle]'], [id, type], [id]].map((each) => each.sort()),
  )
  // Nothing of another organisation's entry is told.
  expect(lines[3]).toMatchObject({ entryId: null })
  expect(await titleOf(published)).toBe('企业登记信息')
})

it('names the article where the regulation itself refuses', async () => {
  const sheets = await download()
  set(sheets, 0, draft, 'sharing.basis.rank', 'notice-of-nobody')
  const { body } = await upload(sheets)
  expect(body.counts.refused).toBe(1)
  const refused = (await linesOf(body.id)).find(({ outcome }: { outcome: string }) => outcome === 'refused')
  expect(refused.errors).toMatchObject([
    { article: 'CQ-24.3', column: '共享依据的层级 [sharing.basis.rank]' },
  ])
})

it('writes drafts and revisions in one act, publishes nothing, and puts all of it back', async () => {
  const sheets = await download()
  set(sheets, 0, draft, 'title', '个体工商户登记信息')
  set(sheets, 0, published, 'summary', '改写的摘要')
  set(sheets, 1, '注册资本', 'meaning', '认缴出资额')
  const { body } = await upload(sheets)
  expect(body.acts).toEqual(['apply'])
  const changes = (await linesOf(body.id)).flatMap(
    (line: { changes: { place: { zh: string }; before: string; after: string }[] }) =>
      line.changes.map(({ place, before, after }) => [place.zh, before, after]),
  )
  expect(changes).toContainEqual(['名称', '个体工商户信息', '个体工商户登记信息'])
  expect(changes).toContainEqual(['信息项“注册资本” 含义', '认缴', '认缴出资额'])

  const applied = await city.steward.post(`${base}/${body.id}/application`)
  expect([applied.status, applied.body.counts.applied]).toEqual([200, 2])
  expect(expectProblem(await city.steward.post(`${base}/${body.id}/application`))).toBe('act-not-available')
  expect(await titleOf(draft)).toBe('个体工商户登记信息')
  const seen = await city.visitor.get(`/api/v1/entries/${published}`)
  expect(seen.body.summary).toBe(companyRegister.summary)

  const undone = await city.steward.post(`${base}/${body.id}/undoing`, {})
  expect([undone.body.state, undone.body.counts.undone]).toEqual(['undone', 2])
  expect(await titleOf(draft)).toBe('个体工商户信息')
  expect((await city.steward.get(`/api/v1/entries/${published}`)).body.summary).toBe(companyRegister.summary)
  expect(expectProblem(await city.steward.post(`${base}/${body.id}/undoing`, {}))).toBe('act-not-available')
  const records = await city.steward.get(`/api/v1/records?kind=bulk-edit`)
  expect(records.body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['undone', 'applied'])
})

it('takes a cell that looks like a formula for the text it is, on both ways', async () => {
  const formula = '=HYPERLINK("https://phishing.invalid","点此查看")'
  const sheets = await download()
  set(sheets, 0, draft, 'summary', formula)
  const { body } = await upload(sheets)
  expect(body.counts).toMatchObject({ change: 1, refused: 0 })
  expect((await city.steward.post(`${base}/${body.id}/application`)).body.counts.applied).toBe(1)
  expect((await city.steward.get(`/api/v1/entries/${draft}`)).body.summary).toBe(formula)
  // A cell that runs would come back with its value, not with what it says.
  expect((await download())[0]!.rows.flat()).toContain(formula)
  const again = await upload(await download())
  expect(again.body.counts).toMatchObject({ same: 2, change: 0, refused: 0 })
  expect((await city.steward.post(`${base}/${body.id}/undoing`, {})).body.state).toBe('undone')
})

it('leaves out what others changed since the download, or since the preview', async () => {
  const old = await download()
  set(old, 0, draft, 'title', '旧表里的名称')
  const fresh = await download()
  set(fresh, 0, draft, 'title', '新表里的名称')
  set(fresh, 0, published, 'summary', '新表里的摘要')
  const { body: preview } = await upload(fresh)
  const { version } = (await city.steward.get(`/api/v1/entries/${draft}`)).body
  await city.steward.patch(`/api/v1/entries/${draft}`, { title: '同事改的名称', version })

  const { body: applied } = await city.steward.post(`${base}/${preview.id}/application`)
  expect(applied.counts).toMatchObject({ applied: 1, conflict: 1 })
  expect(await titleOf(draft)).toBe('同事改的名称')
  const { body: late } = await upload(old)
  const refused = (await linesOf(late.id)).find(({ entryId }: { entryId: string }) => entryId === draft)
  expect(refused).toMatchObject({ outcome: 'refused', changes: [{ after: '旧表里的名称' }] })
  expect(refused.errors[0].column).toBe('版本（勿改） [version]')
  // The revision goes on to the cataloguing procedure, and is then no longer to be undone.
  const handed = await city.steward.post(`${base}/${preview.id}/handing-in`, { note: '按新规范修订' })
  expect([handed.body.counts['handed-in'], handed.body.next]).toEqual([1, null])
  expect((await city.authority.get(`/api/v1/entries/${published}`)).body.status).toBe('submitted')
  expect(expectProblem(await city.steward.post(`${base}/${preview.id}/undoing`, {}))).toBe(
    'changed-meanwhile',
  )
  expect(expectProblem(await city.steward.post(`${base}/${preview.id}/undoing`, { partly: true }))).toBe(
    'changed-meanwhile',
  )
})
