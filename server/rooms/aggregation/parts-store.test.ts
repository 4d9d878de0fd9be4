import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPartsStore } from './parts-store.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-parts-'))
})
afterAll(() => rm(folder, { recursive: true }))

const tus = { 'tus-resumable': '1.0.0' }
const part = (offset: number) => ({
  ...tus,
  'upload-offset': String(offset),
  'content-type': 'application/offset+octet-stream',
})

it('keeps what has arrived when a line breaks and when the process ends, and goes on from there', async () => {
  const before = createPartsStore(folder, 100)
  await before.answer({ method: 'POST', id: 'upload-1', headers: { ...tus, 'upload-length': '12' } })
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('first ')
      await new Promise((resolve) => setTimeout(resolve, 50))
      throw new Error('the line broke')
    })(),
  )
  const failed = await before.answer({ method: 'PATCH', id: 'upload-1', headers: part(0), body: broken })
  expect(failed.status).toBe(400)
  // Another process finds what this one has left.
  const after = createPartsStore(folder, 100)
  const head = await after.answer({ method: 'HEAD', id: 'upload-1', headers: tus })
  expect(head).toMatchObject({ status: 200, headers: { 'upload-offset': '6', 'upload-length': '12' } })
  const rest = { headers: part(6), body: Readable.from([Buffer.from('second')]) }
  expect(await after.answer({ method: 'PATCH', id: 'upload-1', ...rest })).toMatchObject({
    status: 204,
    headers: { 'upload-offset': '12' },
  })
  expect(await text(after.read('upload-1'))).toBe('first second')
  await after.remove('upload-1')
  expect((await after.answer({ method: 'HEAD', id: 'upload-1', headers: tus })).status).toBe(404)
})
