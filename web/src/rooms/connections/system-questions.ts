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
    title: text('接口地址', 'Address of the interface'),
    help: text(
      '以 http 或 https 开头；尚无接口的可以不填。平台读取该地址查看状态，读取其下的 rows/主键 查询单条数据。',
      'Begins with http or https; empty where there is no interface yet. The platform reads it for the state, and rows/key beneath it for one row.',
    ),
    maxLength: 500,
  },
  {
    ...question,
    key: 'token',
    title: text('访问令牌', 'Token'),
    help: text(
      '加密保存，保存后不再显示；不填表示不变。接口换到另一服务器的，须重新填写。',
      'Kept encrypted, never shown again; empty leaves it as it is. State it anew when the interface moves to another server.',
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
    limitSeconds: limit === null ? null : Number(limit),
    ...(token !== null && { token }),
  }
}
