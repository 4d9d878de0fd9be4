import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { articleOf, type Fault, listRulebooks, loadRulebook, procedureOf, RulebookError } from './index.ts'

const law = new URL('../../../law/', import.meta.url)
const broken = new URL('./fixtures/broken-2024/', import.meta.url)

function faultsOf(folder: URL): readonly Fault[] {
  try {
    loadRulebook(folder)
  } catch (error) {
    if (error instanceof RulebookError) return error.faults
    throw error
  }
  return []
}

describe('the rulebooks of the house', () => {
  it.each(listRulebooks(law).map(({ id, folder }) => ({ id, folder })))(
    '$id can be used and lives in the folder of its name',
    ({ id, folder }) => {
      expect(loadRulebook(folder).id).toBe(id)
    },
  )

  it.each([
    ['beijing-2022', 58],
    ['suzhou-2022', 70],
    ['xiamen-2022', 65],
    ['chongqing-2022', 60],
    ['tianjin-2018', 57],
  ])('%s has all its %i articles', (id, articles) => {
    expect(loadRulebook(new URL(`${id}/`, law)).articles).toHaveLength(articles)
  })

  it('finds an article by the id of one of its obligations', () => {
    const rulebook = loadRulebook(new URL('chongqing-2022', law))
    expect(articleOf(rulebook, 'CQ-26.2-a')?.number).toBe(26)
    expect(articleOf(rulebook, 'CQ-260')).toBeUndefined()
    expect(articleOf(rulebook, 'TJ-26')).toBeUndefined()
    expect(procedureOf(rulebook, 'sharing-request')?.numberCode).toBe('GX')
  })

  it('lets a basis have any rank where the text names none', () => {
    const rulebook = loadRulebook(new URL('tianjin-2018/', law))
    const refuse = procedureOf(rulebook, 'sharing-request')?.acts.find(({ key }) => key === 'refuse')
    expect(refuse?.content.find(({ key }) => key === 'basis')?.ranks).toEqual(
      rulebook.catalogue.basisRanks.map(({ key }) => key),
    )
  })
})

describe('the version', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rulebook-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const copy = (name: string, change: (yaml: string) => string): string => {
    const target = join(folder, name)
    cpSync(new URL('chongqing-2022/', law), target, { recursive: true })
    const file = join(target, 'procedures/sharing-request.yaml')
    writeFileSync(file, change(readFileSync(file, 'utf8')))
    return loadRulebook(pathToFileURL(target)).version
  }

  it('changes with a value and not with the layout', () => {
    const before = loadRulebook(new URL('chongqing-2022/', law)).version
    expect(copy('commented', (yaml) => `# a remark\n${yaml}`)).toBe(before)
    expect(copy('longer', (yaml) => yaml.replace('workingDays: 3', 'workingDays: 4'))).not.toBe(before)
  })
})

describe('a broken rulebook', () => {
  const faults = faultsOf(broken)
  const found = (file: string) =>
    faults.filter((fault) => fault.file === file).map(({ path, found }) => [path, found])

  it('is refused with every fault of every file at once', () => {
    expect(found('rulebook.yaml')).toEqual([
      ['roles', 'authority'],
      ['catalogue.sharingTypes.asked.procedure', 'nowhere'],
      ['catalogue.sharingTypes.asked.demands.basis.ranks', 'decree'],
      ['catalogue.sharingTypes.asked.demands.filing.with', 'archive'],
      ['catalogue.openingTypes.open.procedure', 'sharing'],
      ['catalogue.sharingTypes.0.article', 'BR-9'],
      ['catalogue.defaultSharingType.key', 'everything'],
    ])
    expect(found('articles.yaml')).toEqual([['1.number', 3]])
    expect(found('obligations.yaml')).toEqual([
      ['1.id', 'BR-1.1-a'],
      ['2.id', 'XX-1.1'],
      ['3.id', 'BR-9.1'],
    ])
    expect(found('procedures/sharing.yaml')).toEqual([
      ['key', 'sharing'],
      ['numberCode', 'GX'],
      ['roles.named.content', 'missing'],
      ['roles.bureau.role', 'mayor'],
      ['decider', 'judge'],
      ['subject', 'nothing'],
      ['acts.file.together', true],
      ['acts.grant.together', true],
      ['states.filed.waitsFor', 'clerk'],
      ['states.island', 'island'],
      ['states.island', 'island'],
      ['states.done.outcome', ['reopen']],
      ['acts.file.starts', 'stopwatch'],
      ['acts.grant.takesUp', 'dream'],
      ['acts.grant.from', 'limbo'],
      ['acts.grant.to', 'heaven'],
      ['acts.grant.needs', 'blessed'],
      ['acts.grant.content.basis.ranks', 'decree'],
      ['acts.grant.content.choice.choices', undefined],
      ['acts.pause.content', []],
      ['acts.pause.pauses', 'reply'],
      ['clocks.gone', 'gone'],
      ['clocks.gone.lapses.to', 'nowhere'],
      ['clocks.gone.lapses', 'local'],
      ['clocks.gone.instrument', undefined],
      ['clocks.reply', 'reply'],
      ['clocks.reply.article', undefined],
      ['articles', 'XX-1'],
    ])
    expect(found('procedures/third.yaml').map(([path]) => path)).toContain('key')
  })

  it('names file, path, found value and expected form of each', () => {
    expect(faults).toContainEqual({
      file: 'procedures/sharing.yaml',
      path: 'acts.grant.to',
      found: 'heaven',
      expected: 'a state of this procedure',
    })
    const unknownKey = faults.find(({ expected }) => expected.includes('aticle'))
    expect(unknownKey?.file).toBe('procedures/third.yaml')
  })

  it('tells what is missing where the folder is empty', () => {
    const empty = mkdtempSync(join(tmpdir(), 'rulebook-'))
    expect(faultsOf(pathToFileURL(empty)).map(({ file }) => file)).toEqual([
      'rulebook.yaml',
      'articles.yaml',
      'obligations.yaml',
    ])
    writeFileSync(join(empty, 'rulebook.yaml'), 'id: [')
    expect(faultsOf(pathToFileURL(empty))[0]).toMatchObject({ file: 'rulebook.yaml', expected: 'YAML 1.2' })
    rmSync(empty, { recursive: true })
  })
})
