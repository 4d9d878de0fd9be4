import {
  type Coverage,
  type CoverageState,
  coverageStates,
} from '@tiaoli/server/foundations/rulebook/coverage'
import { capabilities } from '@tiaoli/server/foundations/rulebook/index'

export type CityCoverage = {
  readonly id: string
  readonly ranOn: string
  readonly coverage: readonly Coverage[]
}

/** The parts that have to be proven first, and how near to the heart of the platform. */
const target = {
  capabilities: new Set(['identity', 'catalogue', 'aggregation', 'sharing', 'opening', 'general']),
  kinds: new Set(['function', 'rule']),
  core: 4,
}

export const inTarget = ({ obligation }: Coverage): boolean =>
  target.capabilities.has(obligation.capability) &&
  target.kinds.has(obligation.kind) &&
  obligation.core >= target.core

type Counts = Record<CoverageState, number> & { readonly all: number }

export function counts(coverage: readonly Coverage[]): Counts {
  const of = (state: CoverageState) => coverage.filter((each) => each.state === state).length
  return {
    all: coverage.length,
    proven: of('proven'),
    built: of('built'),
    tracked: of('tracked'),
    stated: of('stated'),
    open: of('open'),
  }
}

const columns = ['all', ...coverageStates] as const
const headings = ['obligations', 'proven', 'built without proof', 'tracked as duty', 'only stated', 'not yet']

/** `docs/law-coverage.md`: a function of the registers and of what the last complete run has left. */
export function coverageReport(cities: readonly CityCoverage[]): string {
  const all = cities.flatMap((city) => city.coverage)
  const wanted = all.filter(inTarget)
  const row = (name: string, coverage: readonly Coverage[]): string => {
    const found = counts(coverage)
    return `| ${name} | ${columns.map((column) => found[column]).join(' | ')} |`
  }
  const table = (first: string, rows: readonly string[]): string[] => [
    `| ${[first, ...headings].join(' | ')} |`,
    `| --- |${headings.map(() => ' --: |').join('')}`,
    ...rows,
  ]
  return [
    '# Coverage of the regulations',
    '',
    'Written by `npm run law` from the registers under `law/` and a complete run of the scenarios; not by hand.',
    '**Proven**: a scenario whose title names the obligation ran and passed. **Built without proof**: rulebook,',
    'procedures or contract name it, and no scenario proves it. **Tracked as duty**: an organisation’s own, kept in the',
    'register of duties. **Only stated**: a definition, or purpose, scope and entry into force; nothing is to be built',
    'by itself. **Not yet**: none of these.',
    '',
    ...table('regulation', [...cities.map((city) => row(city.id, city.coverage)), row('all', all)]),
    '',
    `Functions and rules of core 4 and 5 in ${[...target.capabilities].join(', ')}: ` +
      `**${wanted.filter((each) => each.state === 'proven').length} of ${wanted.length} proven**.`,
    '',
    ...cities.flatMap((city) => [
      `## ${city.id}`,
      '',
      city.ranOn === '' ? 'No complete run has been recorded.' : `Scenarios run on ${city.ranOn}.`,
      '',
      ...table(
        'capability',
        capabilities
          .map((capability) => ({
            capability,
            coverage: city.coverage.filter((each) => each.obligation.capability === capability),
          }))
          .filter(({ coverage }) => coverage.length > 0)
          .map(({ capability, coverage }) => row(capability, coverage)),
      ),
      '',
      ...list(
        'Not proven of the functions and rules above',
        city.coverage.filter((each) => inTarget(each) && each.state !== 'proven'),
      ),
      ...list(
        'Proven',
        city.coverage.filter((each) => each.state === 'proven'),
      ),
      ...list(
        'Built without proof',
        city.coverage.filter((each) => each.state === 'built'),
      ),
      ...list(
        'Not yet',
        city.coverage.filter((each) => each.state === 'open'),
      ),
    ]),
  ].join('\n')
}

const list = (title: string, coverage: readonly Coverage[]): string[] =>
  coverage.length === 0 ? [] : [`${title}: ${coverage.map((each) => each.obligation.id).join(', ')}.`, '']

/** The same figures for a terminal. */
export function coverageTable(cities: readonly CityCoverage[]): string {
  const lines = [
    ['regulation', 'capability', ...headings],
    ...cities.flatMap((city) => [
      ...capabilities.flatMap((capability) => {
        const coverage = city.coverage.filter((each) => each.obligation.capability === capability)
        if (coverage.length === 0) return []
        const found = counts(coverage)
        return [[city.id, capability, ...columns.map((column) => String(found[column]))]]
      }),
      [city.id, 'ALL', ...columns.map((column) => String(counts(city.coverage)[column]))],
    ]),
  ]
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)))
  return lines
    .map((line) =>
      line.map((cell, at) => (at < 2 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
    )
    .join('\n')
}
