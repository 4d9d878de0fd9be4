import { z } from 'zod'

/*
 * How a file says of itself what its columns are: Frictionless Table Schema and Data Package, version 1
 * (https://specs.frictionlessdata.io) and 2 (https://datapackage.org). Properties that are not named here are passed
 * over, as the standard asks. One object for all, so that a fault is told by its path.
 */

/** Types of a field, of both versions. */
export const schemaTypes = [
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'list',
  'date',
  'time',
  'datetime',
  'year',
  'yearmonth',
  'duration',
  'geopoint',
  'geojson',
  'any',
] as const

const spelling = z.string().max(40)
/** Version 2 also gives them a meaning, which is not read. */
const spellings = z.array(z.union([spelling, z.object({ value: spelling })])).max(50)
const value = z.union([z.string().max(1000), z.number(), z.boolean()])
const bound = z.union([z.string().max(100), z.number()])
const length = z.number().int().min(0)
const sign = z.string().length(1)

const constraintsSchema = z.object({
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  enum: z.array(value).min(1).max(1000).optional(),
  pattern: z.string().max(500).optional(),
  minimum: bound.optional(),
  maximum: bound.optional(),
  exclusiveMinimum: bound.optional(),
  exclusiveMaximum: bound.optional(),
  minLength: length.optional(),
  maxLength: length.optional(),
  jsonSchema: z.record(z.string(), z.unknown()).optional(),
})

const schemaFieldSchema = z.object({
  name: z.string().min(1).max(300),
  type: z.enum(schemaTypes).optional().describe('Nothing is said of the type where absent'),
  format: z.string().max(100).optional(),
  title: z.string().max(300).optional(),
  description: z.string().max(5000).optional(),
  unit: z.string().max(50).optional().describe('Not of the standard, though many write it'),
  missingValues: spellings.optional(),
  trueValues: z.array(spelling).max(50).optional(),
  falseValues: z.array(spelling).max(50).optional(),
  decimalChar: sign.optional(),
  groupChar: sign.optional(),
  bareNumber: z.boolean().optional(),
  constraints: constraintsSchema.optional(),
})
export type SchemaField = z.output<typeof schemaFieldSchema>

const key = z.union([z.string().max(300), z.array(z.string().max(300)).max(50)])
const fields = z.array(schemaFieldSchema).min(1).max(2000)

const schemaOfTable = z.object({
  fields,
  missingValues: spellings.optional(),
  primaryKey: key.optional(),
})
export type TableSchema = z.output<typeof schemaOfTable>

const dialectSchema = z
  .object({
    /** A sign that ends a row or begins a text in quotes parts no cells. */
    delimiter: z
      .string()
      .regex(/^[\t\x20-\x21\x23-\x7e]$/)
      .optional(),
    quoteChar: z
      .string()
      .regex(/^[\x21-\x7e]$/)
      .optional(),
    doubleQuote: z.boolean().optional(),
    escapeChar: sign.optional(),
    header: z.boolean().optional(),
    headerRows: z.array(z.number().int().min(0)).max(20).optional(),
    commentChar: sign.optional(),
    commentRows: z.array(z.number().int().min(0)).max(20).optional(),
  })
  .refine(({ delimiter = ',', quoteChar }) => quoteChar !== delimiter, { path: ['quoteChar'] })
export type CsvDialect = z.output<typeof dialectSchema>

const path = z.string().min(1).max(1000)

const resourceSchema = z.object({
  name: z.string().max(300).optional(),
  path: z.union([path, z.array(path).max(100)]).optional(),
  encoding: z.string().max(40).optional(),
  schema: schemaOfTable.optional().describe('In the package itself, not by its address'),
  dialect: dialectSchema.optional(),
})

/** Values that a descriptor may list for all of its fields together: each becomes a part of a question to the engine. */
const mostValuesListed = 2_000

type Listed = { readonly constraints?: { readonly enum?: readonly unknown[] | undefined } | undefined }
const valuesListed = (told: {
  readonly fields?: readonly Listed[] | undefined
  readonly resources?:
    | readonly { readonly schema?: { readonly fields: readonly Listed[] } | undefined }[]
    | undefined
}): number =>
  [...(told.fields ?? []), ...(told.resources ?? []).flatMap(({ schema }) => schema?.fields ?? [])].reduce(
    (sum, { constraints }) => sum + (constraints?.enum?.length ?? 0),
    0,
  )

/** `schema.json` or `datapackage.json`: either `fields` or `resources`. */
export const descriptorSchema = z
  .object({
    fields: fields.optional(),
    missingValues: spellings.optional(),
    primaryKey: key.optional(),
    resources: z.array(resourceSchema).min(1).max(200).optional(),
  })
  .refine((told) => (told.fields === undefined) !== (told.resources === undefined), { path: ['fields'] })
  .refine((told) => valuesListed(told) <= mostValuesListed, { path: ['fields'] })
  .describe('Frictionless Table Schema (`fields`) or Data Package (`resources`) of the file, version 1 or 2')
export type Descriptor = z.output<typeof descriptorSchema>

/** What a schema says of one column, and how it stands to the field that the column becomes. */
export const columnSchemaSchema = z.object({
  type: z.enum(schemaTypes).nullable(),
  format: z.string().nullable(),
  title: z.string().nullable().describe('Suggested for the field of the entry'),
  description: z.string().nullable(),
  required: z.boolean(),
  contradicts: z
    .boolean()
    .describe('The catalogue declares another type: it stays binding, and the schema is not applied here'),
  unread: z
    .array(z.string())
    .describe('Bounds that cannot be read as the type of the column, and are not applied'),
  unchecked: z.array(z.string()).describe('What the schema asks for and the platform does not check'),
})

/** What a schema says of a table. */
export const tableSchemaSchema = z.object({
  absent: z.array(z.string()).describe('Fields of the schema for which the file has no column'),
  primaryKey: z
    .array(z.string())
    .describe('Suggested as the key; the key of the entry is the one that counts'),
  missingValues: z.array(z.string()).nullable().describe('Spellings of “no value”; null: nothing is said'),
  unchecked: z.array(z.string()).describe('What of the dialect is not applied'),
})
