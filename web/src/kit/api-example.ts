export type ApiCall = {
  readonly origin: string
  readonly entryId: string
  /** Fields to ask for; all that may be seen where absent. */
  readonly fields?: readonly string[]
  /** A condition as the interface takes it, `field:operator:value`. */
  readonly where?: string
  readonly scenario?: string
  readonly grantId?: string
  /** Whether a key must be sent: not for open data. */
  readonly withKey: boolean
}

export type Example = { readonly name: string; readonly code: string }

const keyVariable = 'TIAOLI_KEY'

/** The same call for a shell, for Python and for JavaScript, each of which runs as it stands. */
export function apiExamples(call: ApiCall): Example[] {
  return [
    { name: 'curl', code: curl(call) },
    { name: 'Python', code: python(call) },
    { name: 'JavaScript', code: javascript(call) },
  ]
}

function parameters(call: ApiCall): [string, string][] {
  return [
    ...(call.fields ? ([['fields', call.fields.join(',')]] as [string, string][]) : []),
    ...(call.where ? ([['where', call.where]] as [string, string][]) : []),
    ...(call.grantId ? ([['grant', call.grantId]] as [string, string][]) : []),
    ...(call.scenario ? ([['scenario', call.scenario]] as [string, string][]) : []),
    ['limit', '10'],
  ]
}

const address = (call: ApiCall): string => `${call.origin}/api/v1/entries/${call.entryId}/rows`

/** A value inside single quotes of a POSIX shell. */
const shellQuoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`

function curl(call: ApiCall): string {
  const lines = [
    `curl -G ${shellQuoted(address(call))}`,
    ...(call.withKey ? [`-H "Authorization: Bearer $${keyVariable}"`] : []),
    ...parameters(call).map(([name, value]) => `--data-urlencode ${shellQuoted(`${name}=${value}`)}`),
  ]
  return lines.join(' \\\n  ')
}

function python(call: ApiCall): string {
  const given = parameters(call).map(
    ([name, value]) => `        ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  )
  return [
    ...(call.withKey ? ['import os', ''] : []),
    'import requests',
    '',
    'answer = requests.get(',
    `    ${JSON.stringify(address(call))},`,
    '    params={',
    ...given,
    '    },',
    ...(call.withKey ? [`    headers={"Authorization": f"Bearer {os.environ['${keyVariable}']}"},`] : []),
    ')',
    'answer.raise_for_status()',
    'for row in answer.json()["rows"]:',
    '    print(row)',
  ].join('\n')
}

function javascript(call: ApiCall): string {
  const given = parameters(call).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`)
  const options = call.withKey
    ? [`, {`, `  headers: { Authorization: \`Bearer \${process.env.${keyVariable}}\` },`, '})'].join('\n')
    : ')'
  return [
    'const query = new URLSearchParams({',
    ...given,
    '})',
    `const answer = await fetch(\`${address(call)}?\${query}\`${options}`,
    'if (!answer.ok) throw new Error((await answer.json()).detail)',
    'const { rows } = await answer.json()',
    'console.log(rows)',
  ].join('\n')
}
