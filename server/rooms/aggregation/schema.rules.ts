import type { columnSchemaSchema, SchemaField } from '@tiaoli/contract/table-schema'
import type { z } from 'zod'
import {
  type ColumnProfile,
  defaultNulls,
  type FileProfile,
  type LakeErrorCode,
  schemaAgrees,
  schemaUnchecked,
  type TableProfile,
} from '../../foundations/lake/index.ts'
import { type EntryContent, keyFieldsOf } from '../catalogue/index.ts'
import type { Acceptance } from './aggregation.model.ts'
import { proposeMapping } from './aggregation.rules.ts'

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

const notApplied: ReadonlySet<LakeErrorCode> = new Set(['bad-descriptor', 'descriptor-unused'])

/** Whether nothing of a schema asks for the eye of a steward: it contradicts nothing, and was read and applied. */
export function mayLoadUnseen(content: EntryContent, profile: FileProfile, table: TableProfile): boolean {
  const mapping = proposeMapping(content, table)
  const doubted = table.columns.some((column) => {
    const told = column.schema && showSchema(content, column, column.schema, mapping.get(column.source))
    return told !== undefined && (told.contradicts || told.unread.length > 0)
  })
  return !doubted && !(profile.leftOut ?? []).some(({ code }) => notApplied.has(code))
}

/** Texts that stand for no value: as the steward says, else as the schema does. An empty cell never has one. */
export function nullsMeant({ schema }: TableProfile, acceptance: Acceptance): readonly string[] {
  if (acceptance.nulls !== undefined) return ['', ...acceptance.nulls]
  if (schema === undefined || acceptance.schema === 'ignore') return defaultNulls
  return schema.missingValues ?? ['']
}
