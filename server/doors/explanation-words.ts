import { type Text, text } from '@tiaoli/kernel/text'
import type { Condition } from '../foundations/gateway/index.ts'

/** What each condition of a decision asks. */
export const conditionTitles: Readonly<Record<Condition, Text>> = {
  published: text('目录条目已经发布，或由其提供单位取用', 'The entry is published, or its own provider asks'),
  'entry-of-key': text('密钥可用于该条目', 'The key is for this entry'),
  'grant-of-key': text('声明的许可就是密钥绑定的许可', 'The stated grant is the one the key is bound to'),
  provider: text('取用者是数据提供单位', 'The caller is the provider'),
  'grant-held': text('取用者持有该条目的这项使用许可', 'The caller holds this grant on the entry'),
  'not-revoked': text('使用许可未被撤销', 'The grant was not revoked'),
  'not-expired': text('使用许可未到期', 'The grant had not ended'),
  'not-suspended': text('使用许可未暂停', 'The grant was not suspended'),
  'same-purpose': text('用途与许可的场景一致', 'The purpose is the one that was granted'),
  committed: text('已签署承诺书且未违反', 'A commitment is signed and was not broken'),
  'grade-allowed': text('数据级别允许这样提供', 'The grade of the data admits this way'),
  'rows-determinable': text('能够确定使用许可涉及哪些行', 'Which rows the grant covers can be told'),
  'within-limits': text('没有超出使用许可的用量', 'The limits of the grant are not used up'),
  'free-type': text('该类型无须申请', 'The type asks for no request'),
  'duty-declared': text('已说明履职所需', 'The duty that is served was stated'),
  'something-to-show': text('有可以提供的信息项', 'There are fields that may be given'),
  'within-scope': text('所取信息项都在范围之内', 'All fields asked for are within the scope'),
  'in-aggregates': text(
    '只供汇总的信息项没有逐条取用',
    'Fields given in aggregates are not asked for row by row',
  ),
  'in-clear': text(
    '查找、筛选、排序、统计只用未脱敏的信息项',
    'Only clear fields are searched, sorted or counted by',
  ),
}

/** What the facts that a condition was judged by are called. */
export const factNames: Readonly<Record<string, Text>> = {
  published: text('已发布', 'published'),
  provider: text('提供单位', 'provider'),
  caller: text('取用单位', 'caller'),
  entries: text('密钥可用的条目', 'entries of the key'),
  keyGrant: text('密钥绑定的许可', 'grant of the key'),
  statedGrant: text('声明的许可', 'stated grant'),
  held: text('持有的许可', 'grants held'),
  revokedAt: text('撤销时间', 'revoked at'),
  validUntil: text('有效期至', 'valid until'),
  suspendedAt: text('暂停时间', 'suspended at'),
  granted: text('许可的场景', 'scenario granted'),
  stated: text('声明的场景', 'scenario stated'),
  state: text('承诺状态', 'commitment'),
  effect: text('类型效果', 'effect of the type'),
  fields: text('可提供的信息项', 'fields given'),
  asked: text('所取信息项', 'fields asked for'),
  outside: text('范围之外', 'outside'),
  used: text('用于查找、筛选、统计', 'used to search or count'),
  masked: text('其中已脱敏', 'of these masked'),
  grade: text('数据级别', 'grade'),
  rows: text('涉及的行', 'rows covered'),
  gone: text('已不存在或者类型已变更', 'gone or of another type'),
  limits: text('许可的用量', 'limits of the grant'),
  rowsToday: text('当日已取用行数', 'rows taken that day'),
  requestsThisMinute: text('该分钟已有请求', 'requests of that minute'),
}

/** Values of facts that are words of the platform. */
export const factWords: Readonly<Record<string, Text>> = {
  free: text('无须申请', 'free'),
  'by-request': text('须申请', 'on request'),
  closed: text('不提供', 'closed'),
  signed: text('已签署', 'signed'),
  'general-1': text('一般数据1级', 'general data 1'),
  'general-2': text('一般数据2级', 'general data 2'),
  'general-3': text('一般数据3级', 'general data 3'),
  'general-4': text('一般数据4级', 'general data 4'),
  important: text('重要数据', 'important data'),
  core: text('核心数据', 'core data'),
  broken: text('已违反', 'broken'),
}

/** Refusals that follow a decision that granted: of the question itself, not of the caller. */
export const laterRefusals: Readonly<Record<string, Text>> = {
  'key-not-given': text('没有给出完整的主键', 'The whole key was not given'),
  'answered-by-key-only': text(
    '数据留存于来源系统，只能按主键查询',
    'The rows lie at their source and are answered by key only',
  ),
  'group-too-small': text(
    '分组少于最小人数，或者与已答复的汇总相减可以得出更小的分组（平台规则，非法定）',
    'A group is smaller than allowed, or earlier answers would leave one that is (a rule of the platform, not statutory)',
  ),
  'foreign-system': text(
    '密钥不是从其登记的系统使用',
    'The key was not used from the system that it is registered for',
  ),
  'limit-reached': text(
    '超过调用限额（平台规则，非法定）；同一密钥、单位或者地址每分钟只留痕一次',
    'Limits were used up (a rule of the platform, not statutory); on record once a minute for a key, body or address',
  ),
  'export-outdated': text(
    '文件生成以后，可以提供的内容已有变更（平台规则，非法定）',
    'What would be given had changed since the file was made (a rule of the platform, not statutory)',
  ),
  'rows-not-determinable': text(
    '使用许可只涉及部分数据，快照中已无法确定涉及哪些行',
    'The grant covers some of the rows, and the snapshot cannot tell which',
  ),
  'grant-requests-used-up': text(
    '本分钟的请求次数已经用完（许可条件，非法定）',
    'The requests of the minute were used up (a condition of the grant, not statutory)',
  ),
  'grant-rows-used-up': text(
    '所需行数超出当日剩余的行数（许可条件，非法定）',
    'More rows were needed than were left of the day (a condition of the grant, not statutory)',
  ),
  'grant-request-too-large': text(
    '所需行数超出每次请求的上限（许可条件，非法定）',
    'More rows were needed than one request may take (a condition of the grant, not statutory)',
  ),
  'aggregate-not-safe': text(
    '这种汇总会显出个别值（平台规则，非法定）',
    'An aggregate of this kind shows single values (a rule of the platform, not statutory)',
  ),
}

export const rowOfKeyWithin = (covered: Text): Text =>
  text(`按主键的一行，限于 ${covered.zh}`, `the row of the key, of those where ${covered.en}`)
export const everyRow = text('全部行', 'every row')
export const rowOfKey = text('按主键的一行', 'the row of the key')
