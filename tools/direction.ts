import type { Import } from './imports.ts'

/**
 * The order of the house: a part imports parts of lower rank only. Foundations stand on each other as their own rank
 * says; rooms meet only at each other's `index.ts` and only along the edges named here.
 */
const ranks: readonly (readonly [RegExp, number])[] = [
  [/^kernel\//, 0],
  [/^contract\//, 10],
  [/^server\/foundations\/(?:problems|objects)\//, 19],
  [/^server\/foundations\/(?:database|documents|lake|language|outbound)\//, 20],
  [/^server\/foundations\/rulebook\//, 21],
  [/^server\/foundations\/(?:cases|ledger|notices|jobs)\//, 22],
  [/^server\/foundations\/(?:identity|witness)\//, 23],
  [/^server\/foundations\/(?:http|amendments)\//, 24],
  [/^server\/foundations\/gateway\//, 25],
  [/^server\/foundations\/casework\//, 26],
  [/^server\/rooms\//, 30],
  [/^server\/doors\//, 35],
  [/^server\/demo\//, 50],
  [/^server\//, 40],
  [/^web\//, 40],
  [/^cli\//, 60],
  [/^tools\//, 65],
  [/^scenarios\//, 68],
  [/^bench\//, 70],
]

/** Rooms that a room may ask, through their door. */
const roomEdges: Readonly<Record<string, readonly string[]>> = {
  vocabulary: [],
  catalogue: ['vocabulary'],
  aggregation: ['catalogue'],
  'bulk-edits': ['catalogue'],
  calendar: [],
  duties: [],
  explanations: ['catalogue'],
  sharing: ['catalogue'],
  matching: ['catalogue'],
  opening: ['catalogue', 'sharing'],
  commitment: ['catalogue', 'sharing'],
  compilation: ['catalogue'],
  tasks: ['catalogue', 'aggregation'],
  connections: ['catalogue', 'aggregation'],
  processing: ['catalogue', 'aggregation'],
  pulls: ['catalogue', 'aggregation'],
  streams: ['catalogue', 'aggregation'],
  publication: ['catalogue'],
  proofs: ['catalogue'],
  certificates: ['catalogue'],
  collection: ['catalogue'],
  bases: ['catalogue'],
  subjects: ['catalogue'],
  systems: ['catalogue'],
  targets: [],
  registration: [],
  succession: [],
  casefiles: [],
  figures: ['catalogue', 'sharing'],
  exports: ['catalogue'],
  desk: [],
  interfaces: ['catalogue'],
  messages: [],
  'sign-on': [],
  harvesting: ['catalogue'],
  subscriptions: ['catalogue'],
}

/** Packages that one part alone may know. */
export const keptTo: readonly (readonly [string, RegExp])[] = [
  ['@duckdb/node-api', /^(?:server\/foundations\/lake|bench)\//],
  ['@e965/xlsx', /^server\/foundations\/lake\//],
  ['@tus/server', /^server\/rooms\/aggregation\//],
  ['@tus/file-store', /^server\/rooms\/aggregation\//],
  ['s3mini', /^server\/foundations\/objects\//],
  ['shpjs', /^server\/foundations\/lake\//],
  ['@electric-sql/pglite', /^server\/foundations\/database\//],
  ['pg', /^(?:server\/foundations\/(?:database|outbound)|bench|tools|scenarios\/kit)\//],
  ['mysql2', /^(?:server\/foundations\/outbound|tools|scenarios\/kit)\//],
  ['mqtt', /^(?:server\/foundations\/outbound|scenarios)\//],
  ['better-auth', /^server\/foundations\/identity\//],
  ['otpauth', /^(?:server\/foundations\/identity|scenarios)\//],
  ['openid-client', /^server\/rooms\/sign-on\//],
  ['jsonld-streaming-parser', /^(?:server\/rooms\/harvesting|scenarios)\//],
  ['rdfxml-streaming-parser', /^(?:server\/rooms\/harvesting|scenarios)\//],
  ['nodemailer', /^server\/rooms\/messages\//],
  ['ical-generator', /^server\/rooms\/messages\//],
  ['pdfkit', /^server\/foundations\/documents\//],
  ['sm-crypto-v2', /^(?:server\/foundations\/ledger|cli\/verify)\//],
  ['pinyin-pro', /^server\/foundations\/language\//],
  ['opencc-js', /^server\/foundations\/language\//],
  ['@modelcontextprotocol/sdk', /^(?:server\/rooms|scenarios)\/interfaces\//],
  ['n3', /^(?:server\/rooms\/(?:interfaces|harvesting)|scenarios\/interfaces)\//],
  ['chinese-days', /^server\/foundations\/rulebook\//],
]

const isTest = (path: string): boolean => /\.test(?:-d)?\.tsx?$|\/test-[\w-]+\.ts$/.test(path)
const roomOf = (path: string): string | undefined => /^server\/rooms\/([\w-]+)\//.exec(path)?.[1]
const partOf = (path: string): string =>
  /^(?:server\/(?:foundations|rooms)\/[\w-]+|server\/(?:doors|demo)|[\w-]+)/.exec(path)![0]
const rankOf = (path: string): number =>
  ranks.find(([pattern]) => pattern.test(path))?.[1] ?? Number.POSITIVE_INFINITY

/** Imports that go against the direction, each with the reason. */
export function wrongWay(imports: readonly Import[]): string[] {
  return imports.flatMap((each) => {
    if (isTest(each.from) || partOf(each.from) === partOf(each.to)) return []
    const reason = reasonAgainst(each)
    return reason === undefined ? [] : [`${each.from} → ${each.to}: ${reason}`]
  })
}

function reasonAgainst({ from, to }: Import): string | undefined {
  const [asking, asked] = [roomOf(from), roomOf(to)]
  if (asking !== undefined && asked !== undefined) {
    if (!roomEdges[asking]?.includes(asked)) return `the room ${asking} may not ask the room ${asked}`
    return to.endsWith('/index.ts') ? undefined : 'rooms meet only at index.ts'
  }
  if (from.startsWith('cli/verify/') && !to.startsWith('cli/'))
    return 'the verifier shares no code with anything'
  return rankOf(to) < rankOf(from) ? undefined : 'against the direction'
}
