import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { sweepFolder } from './sweep-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'tiaoli-sweep-'))
afterEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
})

function lay(name: string, writtenAt: string): void {
  writeFileSync(join(folder, name), '')
  utimesSync(join(folder, name), new Date(writtenAt), new Date(writtenAt))
}

it('leaves what may be at work elsewhere, and what is wanted', async () => {
  lay('old', '2026-01-01T00:00:00Z')
  lay('old-wanted', '2026-01-01T00:00:00Z')
  lay('young', '2026-01-03T00:00:00Z')
  await sweepFolder(folder, (name) => name !== 'old-wanted', new Date('2026-01-02T00:00:00Z'))
  expect(readdirSync(folder).sort()).toEqual(['old-wanted', 'young'])
})

it('takes everything unwanted where this process is alone', async () => {
  lay('young', '2099-01-03T00:00:00Z')
  await sweepFolder(folder, () => true, undefined)
  expect(readdirSync(folder)).toEqual([])
})
