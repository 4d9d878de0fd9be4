/** What an installation is told about its ledger. Keys are read where they are used, and what is wrong stops the start. */
export type LedgerSettings = {
  /** First part of the names of logs, index and witness; that of the rulebook where it is not told. */
  readonly name: string | undefined
  /** Of this node; empty for the first or only one. */
  readonly node: string
  /** Whether a second tree by SM3 is kept, signed with SM2. */
  readonly sm2: boolean
  /** Other installations that are asked for cosignatures. */
  readonly witnesses: readonly { readonly verifierKey: string; readonly url: URL }[]
  /** Verifier keys of the logs of others that this installation cosigns. */
  readonly witnessed: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws Error with the name of the variable and the form that was expected */
export function ledgerSettings(environment: Environment, testMode: boolean): LedgerSettings {
  const name = environment.TIAOLI_LEDGER_NAME || undefined
  if (name !== undefined && !/^[a-z0-9][a-z0-9.-]{0,200}(?:\/[a-z0-9.-]{1,60}){0,4}$/.test(name))
    throw new Error('TIAOLI_LEDGER_NAME must be an address without its scheme, such as data.example.gov.cn')
  const node = environment.TIAOLI_NODE ?? ''
  if (!/^(?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?)?$/.test(node))
    throw new Error('TIAOLI_NODE must be 1 to 32 small letters, digits and hyphens, such as node-2')
  return {
    name,
    node,
    sm2: environment.TIAOLI_SM2 === '1',
    witnesses: listed(environment.TIAOLI_WITNESSES).map((item) => {
      const [verifierKey, url, ...rest] = item.split(/\s+/)
      if (verifierKey === undefined || url === undefined || rest.length > 0 || !isWitnessUrl(url, testMode))
        throw new Error(
          'TIAOLI_WITNESSES must list pairs of verifier key and address that begins with https://, such as "w.example/witness+1a2b3c4d+BA… https://w.example/witness/add-checkpoint"',
        )
      return { verifierKey, url: new URL(url) }
    }),
    witnessed: listed(environment.TIAOLI_WITNESSED_LOGS),
  }
}

const listed = (value = ''): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

/** What is said is public and signed; TLS keeps others from answering in the witness's place and slowing it down. */
const isWitnessUrl = (url: string, testMode: boolean): boolean => {
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' }
  return protocol === 'https:' || (testMode && protocol === 'http:')
}
