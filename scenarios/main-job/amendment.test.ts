import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { adjustableClock } from '@tiaoli/kernel/instants'
import { acknowledgeFor, findPending } from '@tiaoli/server/acknowledge'
import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import { AmendmentError, NoSuchOfficerError } from '@tiaoli/server/foundations/amendments/index'
import { loadRulebook } from '@tiaoli/server/foundations/rulebook/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileRequest, publishEntry } from '../kit/acts.ts'
import { callerOf } from '../kit/caller.ts'
import { cityPassword, openCity } from '../kit/city.ts'

const law = new URL('../../law/chongqing-2022/', import.meta.url)
const by = { username: 'authority', note: '市人大常委会修改决定（示例）' }

/** The rulebook with one value changed, as a new version of its file. */
function amended(folder: string, file: string, change: (yaml: string) => string) {
  cpSync(law, folder, { recursive: true })
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  writeFileSync(path, change(before))
  expect(readFileSync(path, 'utf8')).not.toBe(before)
  return loadRulebook(pathToFileURL(folder))
}

describe('An amended regulation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-amendment-'))
  const clock = adjustableClock()
  const config = {
    ...readConfig({ TIAOLI_TEST: '1', TIAOLI_DATA: join(folder, 'data'), TIAOLI_CITY: 'chongqing' }),
    clock,
  }
  const current = loadRulebook(law)
  const shorter = amended(join(folder, 'shorter'), 'procedures/sharing-request.yaml', (yaml) =>
    yaml.replace('kind: statutory\n    workingDays: 5', 'kind: statutory\n    workingDays: 4'),
  )
  let oldCase: string
  let entryId: string
  beforeAll(async () => {
    const city = await openCity('chongqing', { dataFolder: config.dataFolder })
    city.at('2022-07-01T01:00:00Z')
    entryId = await publishEntry(city, {})
    city.at('2022-07-04T02:00:00Z')
    oldCase = (await fileRequest(city.user, entryId)).body.id
    await city.close()
    clock.setTo(new Date('2022-07-05T02:00:00Z'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const reply = (view: { clocks: { key: string }[] }) => view.clocks.find(({ key }) => key === 'reply')

  it('goes on without a word under the rulebook it knows, and where no article bears what changed', async () => {
    expect(await findPending(config, current)).toBeUndefined()
    const renamed = amended(join(folder, 'renamed'), 'rulebook.yaml', (yaml) =>
      yaml.replace('zh: 政务部门, en: government department', 'zh: 政务部门, en: department of government'),
    )
    expect(renamed.version).not.toBe(current.version)
    const house = await compose(config, renamed)
    await house.close()
  })

  it('halts the start until an officer has acknowledged the amended articles', async () => {
    const refusal = await compose(config, shorter).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(AmendmentError)
    expect((refusal as AmendmentError).message).toContain('law acknowledge')
    expect((refusal as AmendmentError).amendment.amended).toContain(26)
    expect((refusal as AmendmentError).amendment.amended).not.toContain(28)
    const stranger = { ...by, username: 'user' }
    await expect(acknowledgeFor(config, shorter, stranger)).rejects.toBeInstanceOf(NoSuchOfficerError)
    await expect(compose(config, shorter)).rejects.toBeInstanceOf(AmendmentError)
    expect((await acknowledgeFor(config, shorter, by))?.amended).toContain(26)
    expect(await acknowledgeFor(config, shorter, by)).toBeUndefined()
  })

  it('counts new cases by the new value, and leaves old cases theirs', async () => {
    const house = await compose(config, shorter)
    const user = await callerOf(house, { username: 'user', password: cityPassword })
    const old = (await user.get(`/api/v1/cases/${oldCase}`)).body
    expect(reply(old)).toMatchObject({ workingDays: 5, dueOn: '2022-07-11' })
    const now = (await fileRequest(user, entryId)).body
    expect(reply(now)).toMatchObject({ workingDays: 4, dueOn: '2022-07-11' })
    const versions = (await callerOf(house).get('/api/v1/rulebook/versions')).body.items
    expect(versions[0]).toMatchObject({ version: shorter.version, note: by.note })
    expect(versions[0].amended).toContain(26)
    // Which officer it was is not told to everybody.
    expect(versions[0].acknowledgedBy).toBeNull()
    expect((await user.get('/api/v1/rulebook/versions')).body.items[0].acknowledgedBy).toBeTruthy()
    expect(versions.at(-1)).toMatchObject({ version: current.version, amended: [], acknowledgedBy: null })
    await house.close()
  })

  it('is not looked for where no installation is, and none is made there', async () => {
    const elsewhere = {
      ...config,
      database: { kind: 'embedded' as const, folder: join(folder, 'nowhere/database') },
    }
    await expect(findPending(elsewhere, shorter)).rejects.toThrow('no installation')
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  it('is another amendment to go back', async () => {
    await expect(compose(config, current)).rejects.toBeInstanceOf(AmendmentError)
  })

  it('is told and acknowledged by the command line', { timeout: 240_000 }, () => {
    const tiaoli = (...words: string[]) =>
      spawnSync(process.execPath, ['cli/tiaoli.ts', 'law', ...words, '--data', config.dataFolder], {
        cwd: new URL('../../', import.meta.url),
        encoding: 'utf8',
        env: { ...process.env, LANG: 'en', TIAOLI_CITY: 'chongqing', TIAOLI_TEST: '1' },
      })
    expect(tiaoli('pending').stdout).toContain('article 26')
    const wrong = tiaoli('acknowledge', '--by', 'nobody', '--note', 'amending decision')
    expect([wrong.status, wrong.stderr.includes('no officer')]).toEqual([1, true])
    expect(tiaoli('acknowledge', '--by', 'authority', '--note', 'amending decision').status).toBe(0)
    expect(tiaoli('pending').stdout).toContain('Nothing waits')
  })
})
