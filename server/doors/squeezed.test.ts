import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { squeezed } from './squeezed.ts'

const page = '<!doctype html><title>企业登记信息</title>'.repeat(50)

it('sends a page as it is to whoever takes nothing else', async () => {
  for (const accepted of [undefined, '', 'identity', 'br;q=0, gzip; q=0.000', 'brotli', 'x-gzip'])
    expect(await squeezed(page, accepted)).toEqual({ bytes: Buffer.from(page) })
})

it('sends it in the shortest form that its reader takes', async () => {
  const short = await squeezed(page, 'gzip, deflate, br;q=0.9')
  expect(short.encoding).toBe('br')
  expect(brotliDecompressSync(short.bytes).toString()).toBe(page)
  const older = await squeezed(page, 'GZIP, br;q=0')
  expect(older.encoding).toBe('gzip')
  expect(gunzipSync(older.bytes).toString()).toBe(page)
})
