import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type RemoteDataset = Record<string, unknown> & { id: string; title: string }

/** Somebody else's catalogue on this machine, which answers as it is told to. */
export async function openRemote() {
  const remote = {
    datasets: [] as RemoteDataset[],
    turtle: '',
    calls: [] as string[],
    /** Answers in place of the usual answer; true where it has. */
    misbehave: undefined as ((address: URL, response: ServerResponse) => boolean) | undefined,
    address: '',
    /** Nothing in it, nothing asked of it, and well behaved. */
    forget(): void {
      remote.datasets = []
      remote.misbehave = undefined
      remote.calls.length = 0
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', remote.address)
    remote.calls.push(`${address.pathname}${address.search}`)
    if (remote.misbehave?.(address, response)) return
    if (address.pathname === '/catalog') return give(response, 'text/turtle', remote.turtle)
    const start = Number(address.searchParams.get('start'))
    const rows = Number(address.searchParams.get('rows'))
    const results = remote.datasets.slice(start, start + rows)
    const result = { count: remote.datasets.length, results }
    give(response, 'application/json', JSON.stringify({ help: '', success: true, result }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  remote.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return remote
}

export function give(response: ServerResponse, type: string, body: string): void {
  response.setHeader('content-type', `${type};charset=utf-8`)
  response.end(body)
}

export const dataset = (number: number, more: object = {}): RemoteDataset => ({
  id: `remote-${String(number).padStart(4, '0')}`,
  name: `remote-${number}`,
  title: `外部数据集${number}`,
  notes: `第 ${number} 份数据的说明。`,
  tags: [{ name: '外部' }],
  organization: { name: 'bureau', title: number % 2 === 0 ? '示例水务局' : '示例园林局' },
  license_title: 'CC BY 4.0',
  metadata_modified: '2026-08-01T00:00:00',
  extras: [{ key: 'frequency', value: 'MONTHLY' }],
  resources: [
    {
      id: `r${number}`,
      name: '文件',
      url: 'https://data.example.org/file.csv',
      format: 'CSV',
      fields: [
        { id: '_id', type: 'int' },
        { id: '编号', type: 'text' },
        { id: '数量', type: 'numeric' },
      ],
    },
  ],
  ...more,
})

/** A catalogue in Turtle with these datasets, and where its next page is. */
export const catalogueInTurtle = (
  datasets: readonly { address: string; title: string; description?: string }[],
  next?: string,
): string =>
  [
    '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .',
    '@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .',
    ...datasets.map(
      ({ address, title, description = '说明' }) =>
        `<${address}> a dcat:Dataset ; dct:title ${JSON.stringify(title)}@zh, "In English"@en ;
          dct:description ${JSON.stringify(description)}@zh ; dcat:keyword "甲"@zh ;
          dct:publisher [ foaf:name "示例水务局"@zh ] ;
          dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/MONTHLY> .`,
    ),
    ...(next === undefined ? [] : [`<> hydra:next <${next}> .`]),
  ].join('\n')
