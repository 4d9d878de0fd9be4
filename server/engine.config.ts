import type { LakeConfig } from './foundations/lake/lake.types.ts'

type Environment = Readonly<Record<string, string | undefined>>

const leastRows = 20_000_000
const answerSeconds = 60

/**
 * The engine for large snapshots: `TIAOLI_TRINO_URL` is where Trino is, `TIAOLI_TRINO_LOCATION` what it calls the folder
 * of snapshots, `TIAOLI_TRINO_CATALOG` and `TIAOLI_TRINO_SCHEMA` where its tables are made, `TIAOLI_TRINO_LEAST_ROWS`
 * how many rows are left to DuckDB, `TIAOLI_TRINO_SECONDS` how long it may take for an answer. Undefined where there is
 * none; throws where what is told cannot be meant.
 */
export function engineOf(environment: Environment): LakeConfig['engine'] {
  const { TIAOLI_TRINO_URL: url, TIAOLI_TRINO_LOCATION: location } = environment
  if (!url) return undefined
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error('TIAOLI_TRINO_URL must be an address such as https://user:password@trino.example.gov.cn')
  // There a snapshot may read files that lie under the name of another, which no table is laid over.
  if (environment.TIAOLI_STORAGE)
    throw new Error(
      'TIAOLI_TRINO_URL needs snapshots in a shared folder: it cannot be set with TIAOLI_STORAGE',
    )
  if (!location || !/^\w+:\/\/\S+$/.test(location))
    throw new Error(
      'TIAOLI_TRINO_LOCATION must be what Trino calls the folder of snapshots: local:///snapshots',
    )
  return {
    url,
    location,
    catalog: nameIn(environment, 'TIAOLI_TRINO_CATALOG', 'tiaoli'),
    schema: nameIn(environment, 'TIAOLI_TRINO_SCHEMA', 'lake'),
    leastRows: countIn(environment, 'TIAOLI_TRINO_LEAST_ROWS', leastRows),
    answerSeconds: countIn(environment, 'TIAOLI_TRINO_SECONDS', answerSeconds),
  }
}

function nameIn(environment: Environment, variable: string, otherwise: string): string {
  const name = environment[variable] || otherwise
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name))
    throw new Error(`${variable} must be a name of small letters, digits and underscores`)
  return name
}

function countIn(environment: Environment, variable: string, otherwise: number): number {
  const given = environment[variable]
  if (!given) return otherwise
  if (!/^\d{1,15}$/.test(given)) throw new Error(`${variable} must be a whole number`)
  return Number(given)
}
