import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coverageOf } from '@tiaoli/server/foundations/rulebook/coverage'
import { afterAll, describe, expect, it } from 'vitest'
import { checkLaw, tagFaults } from './check-law.ts'
import { placesOf, readRegisters } from './registers.ts'
import { coverageReport, inTarget } from './report.ts'
import { readRun } from './results.ts'
import { tagsIn, untagged } from './tags.ts'

const registers = readRegisters()

describe('the registers', () => {
  it('hold all five regulations whole', () => {
    const sizes = Object.fromEntries(registers.map(({ id, obligations }) => [id, obligations.length]))
    expect(sizes).toEqual({
      'beijing-2022': 203,
      'chongqing-2022': 187,
      'suzhou-2022': 221,
      'tianjin-2018': 137,
      'xiamen-2022': 179,
    })
    const all = registers.flatMap(({ obligations }) => obligations)
    expect(all.filter(({ kind }) => kind === 'duty')).toHaveLength(340)
    expect(coverageOf(all, { proofs: {}, places: {} }).filter(inTarget)).toHaveLength(169)
  })

  it('agree with what the tree claims', () => {
    expect(checkLaw()).toEqual([])
  })

  it('find what rulebook and procedures name', () => {
    const chongqing = registers.find(({ id }) => id === 'chongqing-2022')!
    expect(placesOf(chongqing)['CQ-26.1-a']).toContain(
      'law/chongqing-2022/procedures/sharing-request.yaml: clocks.reply',
    )
    expect(placesOf(chongqing)['CQ-1.1']).toBeUndefined()
  })
})

describe('tags', () => {
  it('are read from titles, several at once, with items and parts', () => {
    expect(tagsIn('[CQ-26.2-a] [CQ-3.1(4)] [XM-8.2(1)-b] lapses')).toEqual([
      'CQ-26.2-a',
      'CQ-3.1(4)',
      'XM-8.2(1)-b',
    ])
    expect(tagsIn('an array[0] and a [note]')).toEqual([])
    expect(untagged('[CQ-26.2-a] [CQ-28.2-a] lapses in silence')).toBe('lapses in silence')
  })

  it('name an obligation of their own city', () => {
    const tag = { file: 'scenarios/tianjin-2018/x.test.ts', folder: 'tianjin-2018' }
    expect(tagFaults(registers, [{ ...tag, id: 'TJ-17.1' }])).toEqual([])
    expect(tagFaults(registers, [{ ...tag, id: 'CQ-26.1-a' }])).toHaveLength(1)
    expect(tagFaults(registers, [{ ...tag, id: 'TJ-99.1' }])).toHaveLength(1)
  })
})

describe('a run', () => {
  const root = mkdtempSync(join(tmpdir(), 'law-run-'))
  afterAll(() => rmSync(root, { recursive: true }))
  const files = ['scenarios/tianjin-2018/a.test.ts', 'scenarios/tianjin-2018/b.test.ts']
  mkdirSync(join(root, 'scenarios/tianjin-2018'), { recursive: true })
  const startTime = Date.now()
  for (const file of files) {
    writeFileSync(join(root, file), '')
    utimesSync(join(root, file), new Date(startTime - 1000), new Date(startTime - 1000))
  }
  const assertion = (title: string, status = 'passed') => ({
    title,
    status,
    ancestorTitles: ['some article'],
  })
  const write = (...testResults: { name: string; assertionResults: object[] }[]) =>
    writeFileSync(
      join(root, 'results.json'),
      JSON.stringify({
        startTime,
        testResults: testResults.map((each) => ({ ...each, name: join(root, each.name) })),
      }),
    )

  it('proves what passed, once, and nothing of which any scenario failed or was skipped', () => {
    write(
      {
        name: files[0]!,
        assertionResults: [
          assertion('[TJ-17.1] goes to the provider'),
          assertion('[TJ-17.1] goes to the provider'),
          assertion('[TJ-17.2-a] ends in two days'),
          assertion('[TJ-18.1-a] names its use', 'skipped'),
        ],
      },
      { name: files[1]!, assertionResults: [assertion('[TJ-17.2-a] leaves holidays out', 'failed')] },
    )
    const run = readRun(root, 'results.json', files)!
    expect(run.missing).toEqual([])
    expect(run.failed).toEqual(['TJ-17.2-a', 'TJ-18.1-a'])
    expect([...run.proofs]).toEqual([['TJ-17.1', [{ file: files[0], title: 'goes to the provider' }]]])
  })

  it('is not complete without every file, nor with one that was changed since', () => {
    write({ name: files[0]!, assertionResults: [] })
    expect(readRun(root, 'results.json', files)!.missing).toEqual([files[1]])
    utimesSync(join(root, files[0]!), new Date(startTime + 5000), new Date(startTime + 5000))
    expect(readRun(root, 'results.json', files)!.missing).toEqual(files)
    expect(readRun(root, 'nothing.json', files)).toBeUndefined()
  })
})

describe('the report', () => {
  it('tells the five states of every obligation, and what is still to be proven first', () => {
    const { id, obligations } = registers.find((each) => each.id === 'tianjin-2018')!
    const coverage = coverageOf(obligations, {
      proofs: { 'TJ-17.1': [{ file: 'f', title: 't' }] },
      places: { 'TJ-17.1': ['p'], 'TJ-17.2-a': ['p'] },
    })
    const states = new Map(coverage.map((each) => [each.obligation.id, each.state]))
    expect([
      states.get('TJ-17.1'),
      states.get('TJ-17.2-a'),
      states.get('TJ-41.1'),
      states.get('TJ-1.1'),
      states.get('TJ-18.1-a'),
    ]).toEqual(['proven', 'built', 'tracked', 'stated', 'open'])
    const report = coverageReport([{ id, ranOn: '2026-11-22', coverage }])
    expect(report).toContain('| tianjin-2018 | 137 | 1 | 1 | 50 | 6 | 79 |')
    expect(report).toMatch(/\*\*1 of \d+ proven\*\*/)
  })
})
