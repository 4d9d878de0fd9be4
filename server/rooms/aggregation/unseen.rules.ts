import { type Text, text } from '@tiaoli/kernel/text'
import type { FileProfile, LakeErrorCode, TableProfile } from '../../foundations/lake/index.ts'
import type { EntryContent } from '../catalogue/index.ts'
import { missingFields, proposeMapping } from './aggregation.rules.ts'
import { showSchema } from './schema.rules.ts'

/** A table that goes in by itself, or why somebody has to look at the file first. */
export type Unseen = { readonly table: TableProfile } | { readonly waits: Text }

/**
 * Pure: whether a file that is to go in by itself may: it has one table with a column for every field of the entry, and
 * nothing of a schema asks for the eye of a steward.
 */
export function unseen(content: EntryContent, profile: FileProfile): Unseen {
  const lacking = profile.tables.map((table) => missingFields(content, proposeMapping(content, table)))
  const complete = profile.tables.filter((_, index) => lacking[index]!.length === 0)
  const [table] = complete
  if (complete.length > 1)
    return {
      waits: text(
        '有几张表都含有全部信息项，须选择其一',
        'Several tables have all fields: one has to be chosen',
      ),
    }
  if (table === undefined) return { waits: lacks(lacking) }
  return isDoubted(content, profile, table) ? { waits: schemaDoubted } : { table }
}

function lacks(lacking: readonly (readonly string[])[]): Text {
  if (lacking.length !== 1) return text('没有一张表含有全部信息项', 'No table has all fields')
  const [names] = lacking as [readonly string[]]
  const some = names.slice(0, 10)
  const more = names.length - some.length
  return text(
    `文件中没有以下信息项的列：${some.join('、')}${more > 0 ? `等 ${names.length} 项` : ''}`,
    `The file has no column for ${some.join(', ')}${more > 0 ? ` and ${more} more fields` : ''}`,
  )
}

const schemaDoubted = text(
  '随附的表结构与目录登记不一致，或者有内容未能读取',
  'The schema that came with the file contradicts the catalogue, or could not be read in all parts',
)

const notApplied: ReadonlySet<LakeErrorCode> = new Set(['bad-descriptor', 'descriptor-unused'])

function isDoubted(content: EntryContent, profile: FileProfile, table: TableProfile): boolean {
  const mapping = proposeMapping(content, table)
  const doubted = table.columns.some((column) => {
    const told = column.schema && showSchema(content, column, column.schema, mapping.get(column.source))
    return told !== undefined && (told.contradicts || told.unread.length > 0)
  })
  return doubted || (profile.leftOut ?? []).some(({ code }) => notApplied.has(code))
}
