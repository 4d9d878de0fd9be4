import type { ContentField } from '@tiaoli/contract/rulebook'
import { text } from '@tiaoli/kernel/text'

const question = {
  kind: 'text',
  help: null,
  required: false,
  article: null,
  minLength: null,
  maxLength: null,
  choices: null,
  ranks: null,
} as const

/** Registering a system is an act of the contract itself and of no procedure, so its questions stand here. */
export const systemQuestions: ContentField[] = [
  {
    ...question,
    key: 'name',
    title: text('系统名称', 'Name of the system'),
    required: true,
    minLength: 2,
    maxLength: 100,
  },
  {
    ...question,
    key: 'url',
    title: text('接口或者数据库地址', 'Address of the interface or database'),
    help: text(
      '接口以 http 或 https 开头，平台读取该地址查看状态，读取其下的 rows/主键 查询单条数据；PostgreSQL 数据库写作 postgresql://主机:端口/库名，MySQL、MariaDB 写作 mysql://主机:端口/库名，末尾加 ?sslmode=verify-full 以加密连接；只有平台开放访问的内网网段可以不加密。尚未开放的可以不填。',
      'An interface begins with http or https: the platform reads it for the state, and rows/key beneath it for one row. A PostgreSQL database is written postgresql://host:port/database, one of MySQL or MariaDB mysql://host:port/database, with ?sslmode=verify-full at the end for TLS, which may be left out only within the inner ranges that the platform opens. Empty where there is neither yet.',
    ),
    maxLength: 500,
  },
  {
    ...question,
    key: 'user',
    title: text('数据库用户', 'Database user'),
    help: text(
      '接入数据库时填写；请使用只能读取所需表或者视图的账号。',
      'For a database: an account that may read the tables or views that are needed, and nothing else.',
    ),
    maxLength: 63,
  },
  {
    ...question,
    key: 'token',
    title: text('访问令牌或者数据库密码', 'Token, or password of the database'),
    help: text(
      '加密保存，保存后不再显示；不填表示不变。换到另一服务器的，须重新填写。',
      'Kept encrypted, never shown again; empty leaves it as it is. State it anew after a move to another server.',
    ),
    maxLength: 500,
  },
  {
    ...question,
    key: 'limitSeconds',
    title: text('更新时限（秒）', 'Update limit in seconds'),
    help: text(
      '超过该时限没有新数据的，提示未及时更新。由本单位登记，非法定期限。',
      'Without new data for longer, the system counts as stale. It is your own limit and not statutory.',
    ),
    maxLength: 8,
  },
]

/** The answers of the form as the contract takes them: what was left empty is not there. */
export function systemOf(answers: Record<string, unknown>) {
  const given = (key: string): string | null => {
    const value = answers[key]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
  }
  const token = given('token')
  const limit = given('limitSeconds')
  return {
    name: given('name') ?? '',
    url: given('url'),
    user: given('user'),
    limitSeconds: limit === null ? null : Number(limit),
    ...(token !== null && { token }),
  }
}

/** Where the rows of an entry lie in a database. */
export const tableQuestions: ContentField[] = [
  {
    ...question,
    key: 'place',
    title: text('表或者视图', 'Table or view'),
    help: text(
      '写作 模式.表名；不写模式的，PostgreSQL 为 public，MySQL 为地址中的库。',
      'As schema.table; without a schema it is public in PostgreSQL, and the database of the address in MySQL.',
    ),
    required: true,
    maxLength: 127,
  },
  {
    ...question,
    key: 'changedColumn',
    title: text('更新时间列', 'Column of the last change'),
    help: text(
      '记录每行最近更新时间的列；没有的可以不填，平台只核对行数。',
      'Says when each row last changed; without one the platform compares the number of rows only.',
    ),
    maxLength: 63,
  },
  {
    ...question,
    key: 'columns',
    title: text('列名对应', 'Names of columns'),
    help: text(
      '列名与信息项名称不同的，一行一个，写作 信息项=列名。',
      'Where a column has another name than its field, one a line: field=column.',
    ),
    maxLength: 10_000,
  },
]

/** The answers as the contract takes them. A name may hold a dot only after the first, which ends the schema. */
export function tableOf(answers: Record<string, unknown>) {
  const said = (key: string) => (typeof answers[key] === 'string' ? (answers[key] as string).trim() : '')
  const place = said('place')
  const dot = place.indexOf('.')
  return {
    schema: dot < 0 ? null : place.slice(0, dot),
    name: place.slice(dot + 1),
    changedColumn: said('changedColumn') || null,
    columns: said('columns')
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => {
        const at = line.indexOf('=')
        return { field: line.slice(0, at).trim(), column: line.slice(at + 1).trim() }
      }),
  }
}
