/** As much of OpenAPI 3.1 as the documentation page reads. */
export type Schema = {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly 'x-description-zh'?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly $ref?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly description?: string
  readonly 'x-description-zh'?: string
  readonly schema?: Schema
}

type Media = Readonly<Record<string, { readonly schema?: Schema }>>

export type OperationObject = {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Media }
  /** Absent where anybody may call it as they are. */
  readonly security?: readonly unknown[]
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Media }>>
  readonly [extension: `x-${string}`]: unknown
}

export type OpenApi = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

export type Operation = OperationObject & {
  readonly method: string
  readonly path: string
  readonly id: string
}
/** Tags of the document that are read together. */
const groupOfTag: Readonly<Record<string, string>> = {
  session: 'identity',
  'api-keys': 'identity',
  notices: 'identity',
  account: 'identity',
  people: 'accounts',
  'account-events': 'accounts',
  'sign-in-setting': 'accounts',
  'sign-on-providers': 'accounts',
  organisations: 'platform',
  statistics: 'platform',
  'openapi.json': 'platform',
  records: 'ledger',
  'record-kinds': 'ledger',
}

export type Group = { readonly name: string; readonly operations: readonly Operation[] }

const methods = ['get', 'post', 'patch', 'put', 'delete']

/** Operations by their groups, in the order of the document. */
export function groupsOf(document: OpenApi): Group[] {
  const groups = new Map<string, Operation[]>()
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method]
      if (!operation) continue
      const tag = operation.tags?.[0] ?? 'platform'
      const name = groupOfTag[tag] ?? tag
      const id = operation.operationId ?? `${method}-${path}`
      groups.set(name, [
        ...(groups.get(name) ?? []),
        { ...operation, method: method.toUpperCase(), path, id },
      ])
    }
  }
  return [...groups].map(([name, operations]) => ({ name, operations }))
}

/** Of each group the operations that have all the words: in its name, their titles in either language, or their address. */
export function groupsWith(
  groups: readonly Group[],
  words: string,
  nameOf: (group: string) => string,
): readonly Group[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return groups
  return groups.flatMap(({ name, operations }) => {
    const found = operations.filter(({ id, path, method, summary = '', description = '' }) => {
      const text = [nameOf(name), id, method, path, summary, description].join(' ').toLowerCase()
      return wanted.every((word) => text.includes(word))
    })
    return found.length === 0 ? [] : [{ name, operations: found }]
  })
}

export function resolve(document: OpenApi, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1)
  return name ? document.components?.schemas?.[name] : schema
}

/** The type of a value in a few words: `string (uuid)`, `array of object`, `"csv" | "xlsx"`. */
export function typeWords(schema: Schema | undefined): string {
  if (!schema) return ''
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(typeWords))].join(' | ')
  if (schema.items) return `array of ${typeWords(schema.items)}`
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any')
  return schema.format ? `${type} (${schema.format})` : String(type)
}

export const jsonBody = (media: Media | undefined): Schema | undefined => media?.['application/json']?.schema

/** A call of an operation as a shell command; what has to be filled in stands in angle brackets. */
export function curlOf(document: OpenApi, operation: Operation, origin: string): string {
  const path = operation.path.replace(/\{(\w+)\}/g, '<$1>')
  const body = resolve(document, jsonBody(operation.requestBody?.content))
  const stream = operation.requestBody && !body
  const required = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required)
  const lines = [
    `curl ${operation.method === 'GET' ? (required.length > 0 ? '-G ' : '') : `-X ${operation.method} `}'${origin}${path}'`,
    ...(operation.security ? [`-H "Authorization: Bearer $TIAOLI_KEY"`] : []),
    ...required.map(({ name }) => `--data-urlencode '${name}=<${name}>'`),
    ...(body
      ? [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(exampleOf(document, body))}'`]
      : []),
    ...(stream ? [`-H 'Content-Type: application/octet-stream'`, `--data-binary @data.csv`] : []),
  ]
  return lines.join(' \\\n  ')
}

function exampleOf(document: OpenApi, schema: Schema): unknown {
  const found = resolve(document, schema) ?? schema
  if (found.default !== undefined) return found.default
  if (found.enum) return found.enum[0]
  if (found.properties) {
    const required = found.required ?? []
    return Object.fromEntries(
      Object.entries(found.properties)
        .filter(([name]) => required.includes(name))
        .map(([name, property]) => [name, exampleOf(document, property)]),
    )
  }
  const type = Array.isArray(found.type) ? found.type[0] : found.type
  if (type === 'array') return []
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return 1
  if (type === 'object') return {}
  return found.format === 'uuid' ? '01990000-0000-7000-8000-000000000000' : '…'
}

/** What a parameter or a field is; in English where nothing is said of it in Chinese. */
export const meaningOf = (
  told: Pick<Schema, 'description' | 'x-description-zh'> | undefined,
  language: 'zh' | 'en',
): string => (language === 'zh' ? told?.['x-description-zh'] : undefined) ?? told?.description ?? ''

/** What an operation does: the document says it in Chinese as its summary and in English as its description. */
export const titleOf = (operation: Operation, language: 'zh' | 'en'): string =>
  (language === 'en' ? operation.description : operation.summary) ?? operation.id
