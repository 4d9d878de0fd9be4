import { getRefusedRows } from './aggregation.ts'
import { openCase } from './cases.ts'
import { getEntry, listEntries } from './catalogue.ts'
import { createClient } from './client.ts'

const call = createClient({ baseUrl: '' })

export async function typesHold(): Promise<void> {
  const page = await call(listEntries, { query: { q: '企业' } })
  const title: string = page.items[0]!.title
  const entry = await call(getEntry, { params: { entryId: title } })
  const score: number | undefined = entry.quality?.score
  const file: Response = await call(getRefusedRows, { params: { batchId: String(score) } })
  // @ts-expect-error a body that the route demands cannot be left out
  await call(openCase, {})
  void file
}
