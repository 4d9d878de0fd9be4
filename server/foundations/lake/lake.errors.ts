import { type Text, text } from '@tiaoli/kernel/text'

/**
 * Every way in which the lake says no to what it was given. Codes are never reused; the sentence is public, so it
 * holds no value of anybody's data and no word of an engine.
 */
export const lakeErrors = {
  'unreadable-encoding': text(
    '无法识别文件的文字编码；请用 UTF-8 或 GB18030 保存后重试。',
    'The text encoding of the file was not recognised; save it as UTF-8 or GB18030 and try again.',
  ),
  'unsupported-format': text(
    '不支持这种文件；可用 CSV、XLSX、XLS、ODS、JSON、NDJSON、GeoJSON、Parquet，或以 ZIP、GZ 压缩的上述文件和 Shapefile。',
    'This kind of file is not supported; use CSV, XLSX, XLS, ODS, JSON, NDJSON, GeoJSON or Parquet, or these and shapefiles packed as ZIP or GZ.',
  ),
  'not-a-table': text(
    '文件内容不是由行和列组成的表格。',
    'The content of the file is not a table of rows and columns.',
  ),
  'too-many-columns': text('列数超过 2000。', 'The table has more than 2,000 columns.'),
  'empty-file': text('文件是空的。', 'The file is empty.'),
  'too-large': text('文件超过允许的大小。', 'The file is larger than allowed.'),
  'zip-bomb': text('文件解压后的体积超过允许的限度。', 'The file unpacks to more than is allowed.'),
  'nested-archive': text(
    '压缩包中还有压缩包；请只压缩一层后重试。',
    'There is an archive within the archive; pack the files once only.',
  ),
  'too-many-tables': text(
    '压缩包中的文件或表超过 200 个。',
    'The archive has more than 200 files or tables.',
  ),
  encrypted: text('文件设有密码；请取消密码后重试。', 'The file has a password; take it off and try again.'),
  'too-complex': text(
    '读取该文件所需的内存或时间超过限度；请另存为 XLSX、CSV 或 GeoJSON 后重试。',
    'Reading the file takes more memory or time than is allowed; save it as XLSX, CSV or GeoJSON and try again.',
  ),
  'bad-descriptor': text(
    '不是有效的 Table Schema 或 Data Package 描述，未予采用。',
    'It is not a valid Table Schema or Data Package, and was not applied.',
  ),
  'descriptor-unused': text(
    '未采用这份表结构：它没有对应的数据文件，或者另一份表结构对同一文件说明得更明确。',
    'This schema was not applied: it belongs to no file of data, or another one says more of the same file.',
  ),
  'sheet-missing': text('找不到指定的工作表。', 'The named sheet is not in the file.'),
  truncated: text(
    '文件不完整，可能在传输中被截断。',
    'The file is not whole; it may have been cut off on its way.',
  ),
  'storage-full': text(
    '平台存储空间不足，未能写入；现有数据不受影响。请告知平台运维人员，稍后重试。',
    'The storage of the platform is full, and nothing was written; the data that are there stay. Tell its operators, and try again later.',
  ),
  'staged-missing': text('上传的文件已不存在。', 'The uploaded file is no longer there.'),
  'column-missing': text('文件中没有所指定的列。', 'A column that was named is not in the file.'),
  'bad-mapping': text('列的对应关系有误。', 'The way columns become fields is not valid.'),
  'snapshot-missing': text('数据快照不存在。', 'There is no such snapshot.'),
  'unknown-field': text('没有这个字段。', 'There is no such field.'),
  'bad-filter': text('筛选条件与字段类型不符。', 'A filter does not fit the type of its field.'),
  'bad-query': text('查询条件有误。', 'The query is not valid.'),
  'bad-cursor': text(
    '翻页标记无效，或不属于这次查询。',
    'The cursor is not valid, or belongs to another query.',
  ),
  'no-key': text(
    '这份数据没有主键，不能按主键查询。',
    'These rows have no key, so there is no look-up by key.',
  ),
  'no-place': text(
    '所取信息项中没有几何图形，也没有经度和纬度，不能生成 GeoJSON。',
    'Among the fields that are taken there is no geometry and no longitude with latitude: there is no GeoJSON of them.',
  ),
  'fields-changed': text(
    '信息项或主键与现有数据不一致；请先整体替换一次。',
    'The fields or the key are not those of the data that are live; replace them whole once.',
  ),
  'engine-unavailable': text(
    '大数据量查询引擎暂时无法应答，请稍后再试。',
    'The engine for large data does not answer at the moment; try again later.',
  ),
  'engine-time-limit': text(
    '查询用时超过限度；请缩小范围或增加筛选条件后重试。',
    'The question takes longer than is allowed; narrow it, or add a filter.',
  ),
  cancelled: text('已取消。', 'Cancelled.'),
} as const satisfies Record<string, Text>

export type LakeErrorCode = keyof typeof lakeErrors

/** What the lake throws on bad input. `field` names a field or column, never a value; `cause` is for the log only. */
export class LakeError extends Error {
  readonly code: LakeErrorCode
  readonly public: Text
  readonly field: string | undefined

  constructor(code: LakeErrorCode, options: { field?: string; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'LakeError'
    this.code = code
    this.public = lakeErrors[code]
    this.field = options.field
  }
}

const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])

/** Whether a failure is that of a disk without room; the engine says so in its message alone. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error &&
  (fullCodes.has((error as NodeJS.ErrnoException).code) || /No space left on device/.test(error.message))

/** What a work throws, with a disk that is full by its name. */
export async function knowingFullDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isDiskFull(error) ? new LakeError('storage-full', { cause: error }) : error
  }
}

/** Throws `cancelled` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LakeError('cancelled')
}
