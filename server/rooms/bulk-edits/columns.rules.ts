import type { EntryDraft, subjectTypes } from '@tiaoli/contract/catalogue'
import { cycleWords, fieldTypeWords, gradeWords, sensitivityWords } from '@tiaoli/kernel/entry-words'
import { type Text, text } from '@tiaoli/kernel/text'
import { themes } from '@tiaoli/kernel/themes'
import type { Rulebook } from '../../foundations/rulebook/index.ts'

/** How a part of an entry is written into a cell and read from it again. */
export type Codec = {
  readonly write: (value: unknown) => string
  /** @returns the value; undefined where the cell says nothing that is known */
  readonly read: (cell: string) => unknown
  /** What a cell may say, where that is a list. */
  readonly among?: readonly Text[]
}

export type Column = {
  /** Path of the part within the entry or the field; it stands in the heading, in brackets. */
  readonly key: string
  readonly title: Text
  readonly codec: Codec
  /** In characters. */
  readonly width: number
}

export const headingOf = ({ key, title }: Pick<Column, 'key' | 'title'>): string => `${title.zh} [${key}]`

/** The key that a heading names; undefined where it names none. */
export const keyOfHeading = (heading: string): string | undefined =>
  /\[([^[\]]+)\]\s*$/.exec(heading.normalize('NFKC'))?.[1]?.trim()

const words: Codec = { write: (value) => (typeof value === 'string' ? value : ''), read: (cell) => cell }
const orNull = (codec: Codec): Codec => ({
  ...codec,
  read: (cell) => (cell === '' ? null : codec.read(cell)),
})
const orAbsent = (codec: Codec): Codec => ({
  ...codec,
  read: (cell) => (cell === '' ? absent : codec.read(cell)),
})
/** Says that the part is to be left out, which is something else than a cell that cannot be read. */
export const absent = Symbol('absent')

const list: Codec = {
  write: (value) => (Array.isArray(value) ? value.join('、') : ''),
  read: (cell) =>
    cell
      .split(/[、,，;；\n]/)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
}

type Term = { readonly key: string; readonly term: Text }
const termsIn = (list: Readonly<Record<string, Text>>): Term[] =>
  Object.entries(list).map(([key, term]) => ({ key, term }))

/** A code by its Chinese word; read by either word or by the code itself. */
const code = (terms: readonly Term[]): Codec => ({
  write: (value) => terms.find(({ key }) => key === value)?.term.zh ?? words.write(value),
  read: (cell) => {
    const said = cell.toLowerCase()
    return terms.find(({ key, term }) => [key, term.zh, term.en].some((word) => word.toLowerCase() === said))
      ?.key
  },
  among: terms.map(({ term }) => term),
})
/** As `code`, of a list that entries may go beyond. */
const openCode = (terms: readonly Term[]): Codec => ({
  write: code(terms).write,
  read: (cell) => code(terms).read(cell) ?? cell,
})

const yesNo = code([
  { key: 'true', term: text('是', 'yes') },
  { key: 'false', term: text('否', 'no') },
])
const yes: Codec = {
  ...yesNo,
  write: (value) => (value === undefined || value === null ? '' : yesNo.write(String(value))),
  read: (cell) => {
    const read = yesNo.read(cell)
    return read === undefined ? undefined : read === 'true'
  },
}

/** Nothing said means no. */
const marked: Codec = {
  ...yes,
  write: (value) => (value === true ? '是' : ''),
  read: (cell) => (cell === '' ? false : yes.read(cell)),
}

const subjects: Readonly<Record<(typeof subjectTypes)[number], Text>> = {
  'natural-person': text('自然人', 'Natural person'),
  organisation: text('法人和非法人组织', 'Organisation'),
  geospatial: text('地理空间', 'Geospatial'),
  other: text('其他', 'Other'),
}

const axisColumns = (rulebook: Rulebook, axis: 'sharing' | 'opening'): Column[] => {
  const { sharingTypes, openingTypes, basisRanks, untyped } = rulebook.catalogue
  const types = code(axis === 'sharing' ? sharingTypes : openingTypes)
  const about = axis === 'sharing' ? text('共享', 'sharing') : text('开放', 'opening')
  const column = (part: string, zh: string, en: string, codec: Codec, width = 18): Column => ({
    key: `${axis}.${part}`,
    title: text(`${about.zh}${zh}`, `${about.en} ${en}`),
    codec,
    width,
  })
  const none =
    untyped?.[axis] === undefined
      ? types
      : { ...types, read: (cell: string) => (cell === '' ? '' : types.read(cell)) }
  return [
    column('type', '类型', 'type', none),
    column('conditions', '条件', 'conditions', words, 30),
    column('reasons', '理由', 'reasons', orAbsent(words), 30),
    column('basis.rank', '依据的层级', 'basis: rank', openCode(basisRanks)),
    column('basis.instrument', '依据的文件', 'basis: instrument', words, 30),
    column('basis.article', '依据的条款', 'basis: article', words),
  ]
}

const column = (
  key: keyof EntryDraft | string,
  zh: string,
  en: string,
  codec: Codec,
  width = 18,
): Column => ({
  key,
  title: text(zh, en),
  codec,
  width,
})

/** What of an entry is edited in the sheet of entries; `extra` are the properties that a specification adds. */
export function entryColumns(rulebook: Rulebook, extra: readonly string[]): Column[] {
  return [
    column('title', '名称', 'Title', words, 36),
    column('summary', '摘要', 'Summary', words, 50),
    column('part', '目录类别', 'Part of the catalogue', code(rulebook.catalogue.parts)),
    column('theme', '主题', 'Theme', openCode(termsIn(themes))),
    column('keywords', '关键词', 'Keywords', list, 30),
    ...axisColumns(rulebook, 'sharing'),
    ...axisColumns(rulebook, 'opening'),
    column('updateCycle', '更新周期', 'Update cycle', orNull(code(termsIn(cycleWords)))),
    column('securityGrade', '安全级别', 'Security grade', orNull(code(termsIn(gradeWords)))),
    column('sourceSystem', '来源系统', 'Source system', words, 24),
    column('format', '数据格式', 'Format', words),
    column('sharingMode', '共享方式', 'How it is shared', words),
    column('openingMode', '开放方式', 'How it is opened', words),
    column('useRequirements', '使用要求', 'Requirements of use', words, 30),
    column('subjectType', '数据主体', 'Subject', orNull(code(termsIn(subjects)))),
    column('need', '编目需求', 'Need', words, 24),
    column('parentItem', '上级目录项', 'Item of the catalogue above', words, 24),
    column('ownCollection', '自行采集说明', 'How it is collected', words, 24),
    column('assessment.contains', '评估：包含内容', 'Assessment: what is contained', words, 30),
    column(
      'assessment.personalInformation',
      '评估：含个人信息',
      'Assessment: personal information',
      orNull(yes),
    ),
    column('assessment.conclusion', '评估：结论', 'Assessment: conclusion', words, 30),
    ...extra.map((key) => column(`extra.${key}`, `附加属性 ${key}`, `Property ${key}`, words)),
  ]
}

/** What of a field is edited in the sheet of fields. */
export const fieldColumns: readonly Column[] = [
  column('name', '信息项名称', 'Field', words, 24),
  column('type', '数据类型', 'Type', code(termsIn(fieldTypeWords))),
  column('meaning', '含义', 'Meaning', words, 36),
  column('unit', '计量单位', 'Unit', words),
  column('sensitivity', '敏感程度', 'Sensitivity', code(termsIn(sensitivityWords))),
  column('key', '主键', 'Key', marked, 8),
  column('required', '必填', 'Required', marked, 8),
  column('selfCollected', '自行采集', 'Collected by itself', orAbsent(yes), 10),
]

/** What tells an entry and its state; read for the first two, shown for the others. */
export const idColumn = { key: 'id', title: text('条目标识（勿改）', 'Entry (do not change)') }
export const versionColumn = { key: 'version', title: text('版本（勿改）', 'Version (do not change)') }
export const shownColumns = [
  { key: 'number', title: text('编号', 'Number') },
  { key: 'status', title: text('状态', 'State') },
] as const

export const entriesSheet = text('条目', 'Entries')
export const fieldsSheet = text('信息项', 'Fields')
