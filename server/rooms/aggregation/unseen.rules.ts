import { type Text, text } from '@tiaoli/kernel/text'
import type { FileProfile, SealedSnapshot, TableProfile } from '../../foundations/lake/index.ts'
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
  const doubt = doubtOf(content, profile, table)
  return doubt === undefined ? { table } : { waits: doubt }
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
const schemaUnread = text('随附的表结构未能读取', 'A schema that came with the file could not be read')
const schemaUnused = text(
  '压缩包中另有未采用的表结构',
  'The archive has another schema, which was not applied',
)

function doubtOf(content: EntryContent, profile: FileProfile, table: TableProfile): Text | undefined {
  const mapping = proposeMapping(content, table)
  const isDoubted = table.columns.some((column) => {
    const told = column.schema && showSchema(content, column, column.schema, mapping.get(column.source))
    return told !== undefined && (told.contradicts || told.unread.length > 0)
  })
  if (isDoubted) return schemaDoubted
  const leftOut = (profile.leftOut ?? []).map(({ code }) => code)
  if (leftOut.includes('bad-descriptor')) return schemaUnread
  return leftOut.includes('descriptor-unused') ? schemaUnused : undefined
}

/** Below this many rows a list may well lose half of them. */
const fewRows = 100

/**
 * Pure: why rows that were to take the place of others by themselves are looked at first: they are fewer than half of
 * those, as after an export that broke off, or of which most were refused. A rule of the platform.
 */
export function lossOfRows(
  before: number,
  { rows, refusedRows }: Pick<SealedSnapshot, 'rows' | 'refusedRows'>,
): Text | undefined {
  if (before < fewRows || rows * 2 >= before) return undefined
  return text(
    `现有 ${before} 行，替换后只有 ${rows} 行（拒收 ${refusedRows} 行），不到一半（平台规则，非法定）`,
    `There are ${before} rows, and ${rows} would take their place (${refusedRows} were refused): fewer than half (a rule of the platform)`,
  )
}
