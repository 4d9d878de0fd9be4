import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { CommitmentRules } from '../rulebook/rooms.schema.ts'
import type { UseRules } from '../rulebook/rulebook.types.ts'
import type { AccessFacts, GrantFacts } from './gateway.types.ts'

/** Every way in which the gateway says no. Codes are never reused. */

const applyAgain = text('请重新提交申请。', 'Apply again.')

/** The same words whether the entry is unknown or unpublished, so that neither can be told from the other. */
export const entryNotAvailable: Refusal = {
  code: 'entry-not-available',
  condition: text('该目录条目不存在或尚未发布。', 'There is no such published entry.'),
  remedy: text(
    '请在目录中查找已发布的条目，或联系数据提供单位。',
    'Look for a published entry in the catalogue, or ask its provider.',
  ),
}

export const grantNotOfKey = (article: ArticleId): Refusal => ({
  code: 'grant-not-of-key',
  article,
  condition: text(
    '所用密钥绑定的使用许可与声明的使用许可不一致。',
    'The key is bound to another grant than the one stated.',
  ),
  remedy: text(
    '请使用与该许可绑定的密钥，或改为声明密钥所绑定的许可。',
    'Use the key of that grant, or state the grant of the key.',
  ),
})

/** A bound that the owner of the key set, not the law. */
export const entryNotOfKey: Refusal = {
  code: 'entry-not-of-key',
  condition: text('所用密钥限定了目录条目，不包括本条目。', 'The key is kept to other entries.'),
  remedy: text(
    '请使用包括本条目的密钥，或者另建密钥。',
    'Use a key that covers this entry, or make another.',
  ),
}

export const grantNotForEntry = (article: ArticleId): Refusal => ({
  code: 'grant-not-for-entry',
  article,
  condition: text('您没有该目录条目的这项使用许可。', 'You hold no such grant on this entry.'),
  remedy: text(
    '请核对许可编号与目录条目，或就该条目提出申请。',
    'Check the grant and the entry, or apply for this entry.',
  ),
})

export const grantRevoked = (grant: GrantFacts): Refusal => ({
  code: 'grant-revoked',
  article: grant.article,
  condition: text(
    `使用许可已于 ${minuteInChina(grant.revokedAt)} 被撤销。`,
    `The grant was revoked at ${minuteInChina(grant.revokedAt)}.`,
  ),
  remedy: applyAgain,
})

export const grantExpired = (grant: GrantFacts): Refusal => ({
  code: 'grant-expired',
  article: grant.article,
  condition: text(
    `使用许可已于 ${minuteInChina(grant.validUntil)} 到期。`,
    `The grant ended at ${minuteInChina(grant.validUntil)}.`,
  ),
  remedy: applyAgain,
})

export const grantSuspended = (grant: GrantFacts): Refusal => ({
  code: 'grant-suspended',
  condition: text(
    `使用许可自 ${minuteInChina(grant.suspendedAt)} 起暂停使用（平台规则，非法定）。`,
    `The grant has been suspended since ${minuteInChina(grant.suspendedAt)} (a rule of the platform, not statutory).`,
  ),
  remedy: text(
    '请查看暂停理由，处理后由作出暂停的单位恢复。',
    'See the reasons, put them right, and have it resumed by the body that suspended it.',
  ),
})

export const otherPurpose = (rule: UseRules['purpose']): Refusal => ({ code: 'other-purpose', ...rule })

export const dutyNotDeclared = (rule: NonNullable<UseRules['declaredDuty']>): Refusal => ({
  code: 'duty-not-declared',
  ...rule,
})

export const commitmentMissing = ({ article, condition, remedy }: CommitmentRules): Refusal => ({
  code: 'commitment-missing',
  article,
  condition,
  remedy,
})

export const commitmentBroken = ({ article, breach }: CommitmentRules): Refusal => ({
  code: 'commitment-broken',
  article,
  ...breach,
})

export const outsideScope = (rule: UseRules['scope'], fields: readonly string[]): Refusal => ({
  code: 'outside-scope',
  ...rule,
  paths: fields,
})

/** Whoever holds no grant is not told of one: the fields are not part of what is given freely. */
export const fieldsNotFree = (
  kind: 'sharing' | 'opening',
  { article }: AccessFacts,
  fields: readonly string[],
): Refusal => ({
  code: kind === 'opening' ? 'fields-not-open' : 'fields-not-shared',
  article,
  condition:
    kind === 'opening'
      ? text(`下列信息项没有开放：${fields.join('、')}。`, `These fields are not open: ${fields.join(', ')}.`)
      : text(
          `下列信息项不在无条件共享的范围之内：${fields.join('、')}。`,
          `These fields are not shared without a request: ${fields.join(', ')}.`,
        ),
  remedy: text(
    '请核对信息项的名称，选用已经提供的信息项；需要其他信息项的，请在条目页面查看能否申请。',
    'Check the names and use the fields that are given; whether others can be applied for stands on the page of the entry.',
  ),
  paths: fields,
})

export const nothingToShow = (article: ArticleId): Refusal => ({
  code: 'nothing-to-show',
  article,
  condition: text('该目录条目没有可向您提供的信息项。', 'The entry has no field that may be shown to you.'),
  remedy: text('请申请包含所需信息项的使用许可。', 'Apply for a grant that lists the fields that you need.'),
})

export const fieldsMasked = (article: ArticleId, fields: readonly string[]): Refusal => ({
  code: 'fields-masked',
  article,
  condition: text(
    `脱敏的信息项不能用于查找、筛选、排序或统计：${fields.join('、')}。`,
    `Masked fields cannot be used to look up, filter, sort or aggregate: ${fields.join(', ')}.`,
  ),
  remedy: text(
    '请改用未脱敏的信息项，或申请这些信息项的明文使用许可。',
    'Use fields that are not masked, or apply for a grant of these in clear.',
  ),
  paths: fields,
})

export const aggregatesOnly = (article: ArticleId, fields: readonly string[]): Refusal => ({
  code: 'aggregates-only',
  article,
  condition: text(
    `下列信息项只提供汇总结果，不逐条提供：${fields.join('、')}。`,
    `These fields are given in aggregates only, never row by row: ${fields.join(', ')}.`,
  ),
  remedy: text(
    '请改用汇总查询，或申请逐条使用这些信息项。',
    'Ask for aggregates, or apply for these fields row by row.',
  ),
  paths: fields,
})

export const answeredByKeyOnly = (keyFields: readonly string[]): Refusal => ({
  code: 'answered-by-key-only',
  condition: text(
    '该数据留存于来源系统，只能按主键逐条查询，不能分页、汇总或者下载。',
    'These rows stay in the system at their source: they are answered one by one by key, and neither paged, aggregated nor downloaded.',
  ),
  remedy: text(
    `请按主键查询：${keyFields.join('、')}。`,
    `Look rows up by their key: ${keyFields.join(', ')}.`,
  ),
})

/** A file lies ready that no longer is what would be given. It rests on no article: what does is refused before. */
export const exportOutdated: Refusal = {
  code: 'export-outdated',
  condition: text(
    '文件生成以后，可以提供的信息项或者脱敏方式已有变更，该文件不再提供。',
    'Since the file was made, other fields or other masks have come to hold: it is not given any more.',
  ),
  remedy: text('请重新生成文件。', 'Have the file made anew.'),
}

export const keyNotGiven = (keyFields: readonly string[]): Refusal => ({
  code: 'key-not-given',
  condition:
    keyFields.length === 0
      ? text('该数据没有主键，不能按键查找。', 'These rows have no key to be looked up by.')
      : text(
          `按键查找须恰好给出：${keyFields.join('、')}。`,
          `A look-up by key needs exactly: ${keyFields.join(', ')}.`,
        ),
  remedy: text('请改用筛选查询，或给出完整的主键。', 'Use a filter, or give the whole key.'),
  paths: keyFields,
})

/** Access of this kind is not free for the caller: names the type, and the procedure that may lead to it. */
export function notFree(kind: 'sharing' | 'opening', access: AccessFacts): Refusal {
  const type = access.term
  const word: Text = kind === 'sharing' ? text('共享', 'sharing') : text('开放', 'opening')
  if (access.effect === 'closed')
    return {
      code: `${kind}-closed`,
      article: access.article,
      condition: text(
        `该目录条目的${word.zh}类型${type ? `为「${type.zh}」，` : ''}不提供访问。`,
        `The entry's ${word.en} type${type ? ` is “${type.en}” and` : ''} admits no access.`,
      ),
      remedy: text(
        '如认为类型有误，请向数据主管部门提出异议。',
        'If you hold the type to be wrong, object to it with the data authority.',
      ),
    }
  const procedure = access.procedureTitle ?? text(`${word.zh}申请`, `application for ${word.en}`)
  return {
    code: `${kind}-needs-application`,
    article: access.article,
    condition: text(
      `该目录条目的${word.zh}类型${type ? `为「${type.zh}」，` : ''}须经申请批准，而您没有有效的使用许可。`,
      `The entry's ${word.en} type${type ? ` is “${type.en}” and` : ''} asks for an approved application, and you hold no live grant.`,
    ),
    remedy: text(
      `请在该条目页面办理「${procedure.zh}」。`,
      `Start “${procedure.en}” on the page of this entry.`,
    ),
  }
}

/** A moment as people in China read it: date and minute of their civil time; what is no moment stays as it is. */
function minuteInChina(moment: string | null | undefined): string {
  const at = new Date(Date.parse(moment ?? '') + 8 * 3_600_000)
  return Number.isNaN(at.getTime()) ? String(moment) : at.toISOString().slice(0, 16).replace('T', ' ')
}
