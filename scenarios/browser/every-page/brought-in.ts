import { buffer } from 'node:stream/consumers'
import { readWorkbook, workbookOf } from '@tiaoli/server/foundations/lake/index'
import { dataset, type openRemote } from '../../interfaces/remote-catalogue.ts'
import type { Caller } from '../../kit/caller.ts'
import type { DemoCity } from '../../kit/demo-city.ts'

/** Registers somebody else's catalogue, takes its entries in, and has one of them change there. */
export async function harvest(
  city: DemoCity,
  steward: Caller,
  remote: Awaited<ReturnType<typeof openRemote>>,
): Promise<string> {
  remote.datasets = [1, 2, 3].map((number) => dataset(number))
  const words = { name: '示例外部平台', kind: 'ckan', url: remote.address, everyHours: 24 }
  const { body: source } = await steward.post('/api/v1/harvest-sources', words)
  const runs = `/api/v1/harvest-sources/${source.id}/runs`
  for (const mode of ['try', 'real']) {
    const asked = await steward.post(runs, { mode })
    await city.settle()
    const { body: run } = await steward.get(`${runs}/${asked.body.id}`)
    if (run.state !== 'done') throw new Error(`${mode} harvest: ${JSON.stringify(run.failure ?? run)}`)
  }
  return source.id
}

/** Changes one cell of the workbook of the organisation's entries and sends it back. */
export async function editInBulk(steward: Caller): Promise<string> {
  const sheets = await readWorkbook(await steward.bytes('/api/v1/bulk-edit-sheet'), 10_000)
  const edited = sheets.map(({ name, rows }) => ({
    name,
    rows: rows.map(({ cells }) => [...cells]),
    widths: rows[0]!.cells.map(() => 12),
  }))
  const [head, line] = edited[0]!.rows
  const summary = head!.findIndex((heading) => heading?.endsWith('[summary]'))
  line![summary] = `${line![summary]}（批量修改示例）`
  const sent = await steward.upload(
    '/api/v1/bulk-edits?filename=entries.xlsx',
    await buffer(workbookOf(edited)),
  )
  if (sent.status !== 201) throw new Error(`bulk edit: ${sent.text}`)
  return sent.body.id
}
