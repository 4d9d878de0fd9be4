import type { Text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { wordsOfField, wordsOfParameter } from './parameter-words.ts'
import { commonProblems, problemSchema, problems } from './problems.ts'
import type { Route } from './route.ts'

/** Describes the contract as OpenAPI 3.1, in Chinese with the English beside it. */
export function openApiOf(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace('*', '{path}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: '条理 Tiaoli', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'tiaoli.session_token' },
      },
    },
  }
}

function operationOf(route: Route): object {
  return {
    operationId: route.id,
    tags: [tagOf(route.path)],
    summary: route.summary.zh,
    description: route.summary.en,
    'x-access': route.access,
    'x-since': route.since,
    ...(route.access === 'public'
      ? {}
      : {
          security:
            route.access === 'caller'
              ? [{}, { apiKey: [] }, { session: [] }]
              : [{ apiKey: [] }, { session: [] }],
        }),
    parameters: [...parametersOf(route, 'path'), ...parametersOf(route, 'query'), ...wildcardOf(route)],
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: bodyOf(route.body) } }),
    responses: {
      [String(route.status ?? 200)]: {
        description: route.summary.en,
        content:
          route.answer === 'stream'
            ? { '*/*': {} }
            : { 'application/json': { schema: answerSchema(route.answer) } },
      },
      ...problemsOf(route),
    },
  }
}

/** What is not ours by form, but by the standard that it follows, stands in a group of its own. */
const tagOf = (path: string): string => {
  if (path.startsWith('/api/v1/')) return path.split('/')[3]!
  if (path.startsWith('/ledger/')) return 'ledger'
  return path === '/healthz' ? 'platform' : 'interfaces'
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

/** The answer, of which fields that many operations have in common are told in both languages. */
function answerSchema(answer: z.ZodType): Record<string, unknown> {
  const schema = jsonSchema(answer, 'output') as { properties?: Record<string, { description?: string }> }
  if (schema.properties === undefined) return schema
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    const words = wordsOfField(name)
    return [
      name,
      words === undefined ? property : { ...property, ...said(words, property.description) },
    ] as const
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}

/** OpenAPI has room for one language; the other stands beside it. What a schema says itself in English is the more exact. */
const said = (words: Text | undefined, own: string | undefined) => ({
  ...((own ?? words) && { description: own ?? words!.en }),
  ...(words && { 'x-description-zh': words.zh }),
})

function parametersOf(route: Route, place: 'path' | 'query'): object[] {
  const schema = place === 'path' ? route.params : route.query
  if (schema === undefined) return []
  const described = jsonSchema(schema, 'input') as {
    properties?: Record<string, { description?: string }>
    required?: string[]
  }
  return Object.entries(described.properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property
    return {
      name,
      in: place,
      required: place === 'path' || (described.required?.includes(name) ?? false),
      ...said(wordsOfParameter(route.id, name), description),
      schema: rest,
    }
  })
}

const wildcardOf = (route: Route): object[] =>
  route.path.includes('*')
    ? [
        {
          name: 'path',
          in: 'path',
          required: true,
          ...said(wordsOfParameter(route.id, 'path'), undefined),
          schema: { type: 'string' },
        },
      ]
    : []

const bodyOf = (body: z.ZodObject | 'stream'): object =>
  body === 'stream'
    ? {
        'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
        'multipart/form-data': {
          schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
        },
      }
    : { 'application/json': { schema: jsonSchema(body, 'input') } }

/** Problems by status: several codes can share one. */
function problemsOf(route: Route): Record<string, object> {
  const byStatus = new Map<number, string[]>()
  for (const code of route.problems)
    byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code])
  return {
    ...Object.fromEntries([...byStatus].map(([status, codes]) => [status, problemResponse(codes)])),
    default: problemResponse(commonProblems),
  }
}

const problemResponse = (codes: readonly string[]): object => ({
  description: codes.join(', '),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
