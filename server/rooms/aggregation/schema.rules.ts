import type { columnSchemaSchema, SchemaField } from '@tiaoli/contract/table-schema'
import type { z } from 'zod'
import {
  type ColumnProfile,
  defaultNulls,
  schemaAgrees,
  schemaUnchecked,
  type TableProfile,
} from '../../foundations/lake/index.ts'
import { type EntryContent, keyFieldsOf } from '../catalogue/index.ts'
import type { Acceptance } from './aggregation.model.ts'

/**
 * What a schema says of a column beside the field that it becomes. The catalogue declares the types; where the schema
 * says otherwise the steward is shown it, and decides.
 */
export function showSchema(
  content: EntryContent,
  { type: found, unreadBounds = [] }: Pick<ColumnProfile, 'type' | 'unreadBounds'>,
  told: SchemaField,
  fieldName: string | undefined,
): z.output<typeof columnSchemaSchema> {
  const field = content.fields.find(({ name }) => name === fieldName)
  const type = field?.type ?? found
  const keys = keyFieldsOf(content)
  const isKey = keys.length === 1 && keys[0] === fieldName
  return {
    type: told.type ?? null,
    format: told.format ?? null,
    title: told.title ?? null,
    description: told.description ?? null,
    required: told.constraints?.required === true,
    contradicts: field !== undefined && !schemaAgrees(field.type, told),
    // No two rows of an entry have the same key, so what is unique by the schema is so by the catalogue.
    unread: [...unreadBounds],
    unchecked: schemaUnchecked(told, type).filter((name) => !(isKey && name === 'unique')),
  }
}

/** Texts that stand for no value: as the steward says, else as the schema does. An empty cell never has one. */
export function nullsMeant({ schema }: TableProfile, acceptance: Acceptance): readonly string[] {
  if (acceptance.nulls !== undefined) return ['', ...acceptance.nulls]
  if (schema === undefined || acceptance.schema === 'ignore') return defaultNulls
  return schema.missingValues ?? ['']
}
