import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, keptSecret, readConfig } from './config.ts'

describe('the secret of an installation', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiaoli-config-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is the same for all nodes that start together on one folder, and stays', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => keptSecret(folder, 'secret')))
    expect(new Set(secrets).size).toBe(1)
    expect(secrets[0]).toMatch(/^[\w-]{43}$/)
    expect(await keptSecret(folder, 'secret')).toBe(secrets[0])
    expect(await readdir(folder)).toEqual(['secret'])
  })

  it('is never an empty one', async () => {
    await writeFile(join(folder, 'secret'), '')
    await expect(keptSecret(folder, 'secret')).rejects.toThrow(ConfigError)
  })
})

describe('configuration', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['TIAOLI_MAX_UPLOAD_MB', '0'],
    ['TIAOLI_CLOCK', '2026-09-28T01:00:00Z'],
    ['TIAOLI_PUBLIC_URL', 'data.example'],
    ['TIAOLI_SMTP_URL', 'mail.example'],
    ['TIAOLI_NODE', '../elsewhere'],
    ['TIAOLI_TRINO_URL', 'trino.example'],
    ['TIAOLI_LEDGER_NAME', 'https://data.example'],
    ['TIAOLI_WITNESSES', 'w.example+00000000+BA== http://w.example/witness/add-checkpoint'],
    ['TIAOLI_WITNESSES', 'w.example+00000000+BA=='],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(name))
  })

  it('does not send mail from nobody', () => {
    expect(() => readConfig({ TIAOLI_SMTP_URL: 'smtp://mail.invalid' })).toThrow(/TIAOLI_MAIL_FROM/)
  })
})
