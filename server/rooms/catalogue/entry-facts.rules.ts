import { text } from '@tiaoli/kernel/text'
import type { EntryFacts as CaseEntryFacts } from '../../foundations/cases/index.ts'
import { type EntryFacts, showingOf } from '../../foundations/gateway/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import type { Entry } from './catalogue.model.ts'
import { typeOf } from './catalogue.rules.ts'

/** Of an entry, what others are told on which they decide. */
type Told = Pick<Entry, 'id' | 'providerId' | 'published' | 'content'>

/** What the case engine has to know of an entry. */
export function caseFactsOf(rulebook: Rulebook, entry: Told): CaseEntryFacts {
  const { providerId, published, content } = entry
  const { fields } = gatewayFactsOf(rulebook, entry)
  return {
    providerId,
    published,
    fieldNames: content.fields.map((field) => field.name),
    fits: (name, mask) =>
      mask === 'hidden' ||
      mask === 'aggregate' ||
      fields.some((field) => field.name === name && showingOf(field, mask) !== undefined),
    typeOf: (name) => fields.find((field) => field.name === name)?.type,
  }
}

/** What the gateway has to know of an entry. */
export function gatewayFactsOf(rulebook: Rulebook, entry: Told): EntryFacts {
  const axis = (name: 'sharing' | 'opening') => {
    const type = typeOf(rulebook, name, entry.content[name].type)
    // No type, or one that the rulebook in force no longer knows, gives no access.
    if (type === undefined) {
      const untyped = rulebook.catalogue.untyped?.[name]
      return { effect: 'closed' as const, article: untyped?.article ?? rulebook.use.scope.article }
    }
    const procedure = type.procedure === undefined ? undefined : procedureOf(rulebook, type.procedure)
    return {
      effect: type.effect,
      article: type.article,
      term: type.term,
      ...(name === 'opening' && gradesOf(rulebook, type.key)),
      ...(procedure === undefined ? {} : { procedure: procedure.key, procedureTitle: procedure.title }),
    }
  }
  return {
    id: entry.id,
    providerId: entry.providerId,
    published: entry.published,
    grade: entry.content.securityGrade,
    sharing: axis('sharing'),
    opening: axis('opening'),
    fields: entry.content.fields.map((field) => ({
      name: field.name,
      type: field.type,
      sensitivity: field.sensitivity,
      ...personalKindOf(field.name, field.type),
    })),
  }
}

/** Grades that the opening type may have, where the city's rulebook limits them. */
function gradesOf(rulebook: Rulebook, type: string): Pick<EntryFacts['opening'], 'grades'> {
  const limits = rulebook.catalogue.openingLimits
  const allowed = limits?.types.find((each) => each.type === type)?.grades
  if (limits === undefined || allowed === undefined) return {}
  const { article, condition, remedy, instrument } = limits
  const of = (language: 'zh' | 'en') =>
    language === 'zh' ? `${condition.zh}（${instrument.zh}）` : `${condition.en} (${instrument.en})`
  return { grades: { allowed, article, condition: text(of('zh'), of('en')), remedy } }
}

/** How a personal field is masked in part depends on what it holds; its name and type tell. */
function personalKindOf(
  name: string,
  type: string,
): { personal?: 'identity-number' | 'phone' | 'name' | 'address' | 'bank-card' } {
  if (type === 'identity-number' || /身份证|证件号/.test(name)) return { personal: 'identity-number' }
  if (type === 'phone' || /手机|电话/.test(name)) return { personal: 'phone' }
  if (/姓名|法定代表人|联系人/.test(name)) return { personal: 'name' }
  if (/地址|住址|住所/.test(name)) return { personal: 'address' }
  if (/银行卡|账号/.test(name)) return { personal: 'bank-card' }
  return {}
}
