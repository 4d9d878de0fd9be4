import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, keptSecret, readConfig } from './config.ts'
import { engineOf } from './engine.config.ts'

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

  const engine = { TIAOLI_TRINO_URL: 'https://trino.example', TIAOLI_TRINO_LOCATION: 'local:///snapshots' }

  it.each([
    [{ ...engine, TIAOLI_TRINO_LOCATION: '' }, 'TIAOLI_TRINO_LOCATION'],
    [{ ...engine, TIAOLI_TRINO_SCHEMA: 'a.b' }, 'TIAOLI_TRINO_SCHEMA'],
    [{ ...engine, TIAOLI_TRINO_LEAST_ROWS: '-1' }, 'TIAOLI_TRINO_LEAST_ROWS'],
    [{ ...engine, TIAOLI_STORAGE: 's3://bucket' }, 'it cannot be set with TIAOLI_STORAGE'],
  ])('refuses an engine as in %o', (environment, message) => {
    expect(() => engineOf(environment)).toThrow(message)
  })

  it('has no engine but where one is named', () => {
    expect(readConfig({}).engine).toBeUndefined()
    expect(readConfig(engine).engine).toEqual({
      url: 'https://trino.example',
      location: 'local:///snapshots',
      catalog: 'tiaoli',
      schema: 'lake',
      leastRows: 20_000_000,
      answerSeconds: 60,
    })
  })

  const storage = 's3://bucket/lake?endpoint=https://s3.example.gov.cn&region=cn-1'
  const key = { TIAOLI_STORAGE_KEY_ID: 'id', TIAOLI_STORAGE_KEY: 'key' }

  it.each([
    [{ TIAOLI_STORAGE: 'https://s3.example.gov.cn/bucket', ...key }, 'TIAOLI_STORAGE'],
    [{ TIAOLI_STORAGE: 's3://bucket', ...key }, 'TIAOLI_STORAGE'],
    [{ TIAOLI_STORAGE: 's3://bucket?endpoint=http://s3.example.gov.cn', ...key }, 'https'],
    [{ TIAOLI_STORAGE: 's3://bucket/a b?endpoint=https://s3.example.gov.cn', ...key }, 'TIAOLI_STORAGE'],
    [{ TIAOLI_STORAGE: storage }, 'TIAOLI_STORAGE_KEY_ID'],
    [{ TIAOLI_STORAGE: storage, ...key, TIAOLI_CACHE_MB: '0' }, 'TIAOLI_CACHE_MB'],
    [{ TIAOLI_STORAGE: storage, ...key, TIAOLI_CACHE_MB: '1.5' }, 'TIAOLI_CACHE_MB'],
  ])('refuses object storage as in %o by its name', (environment, name) => {
    expect(() => readConfig(environment)).toThrow(new RegExp(name))
  })

  it('knows object storage by its address, and none where none is named', () => {
    expect(readConfig({ ...key }).storage).toBeUndefined()
    expect(readConfig({ TIAOLI_STORAGE: storage, ...key, TIAOLI_CACHE_MB: '2' }).storage).toEqual({
      s3: {
        endpoint: 'https://s3.example.gov.cn',
        bucket: 'bucket',
        prefix: 'lake/',
        region: 'cn-1',
        accessKeyId: 'id',
        secretAccessKey: 'key',
      },
      cacheBytes: 2 * 2 ** 20,
    })
  })

  it('does not send mail from nobody', () => {
    expect(() => readConfig({ TIAOLI_SMTP_URL: 'smtp://mail.invalid' })).toThrow(/TIAOLI_MAIL_FROM/)
  })
})
