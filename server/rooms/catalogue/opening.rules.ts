import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { EntryContent } from './catalogue.model.ts'

/**
 * What is refused of a draft as soon as it is written down, because of how data are opened: a price, a field of
 * priority opening that the text does not name, a part of the catalogue that is another body's.
 *
 * @article CQ-27.1-a TJ-16.1-a TJ-20.1-b TJ-24.1-b CQ-22.1-a
 */
export function refusalOfDraft(
  rulebook: Rulebook,
  content: EntryContent,
  providerRoles: readonly string[],
): Refusal | undefined {
  const { free, priority } = rulebook.rooms.publication ?? {}
  if (content.price != null)
    return {
      code: 'priced',
      ...(free === undefined ? {} : { article: free.article }),
      condition:
        free?.condition ?? text('目录条目没有价格这一项', 'An entry of the catalogue carries no price'),
      remedy: free?.remedy ?? text('请去掉价格后保存', 'Leave the price out and save again'),
      paths: ['price'],
    }
  const chosen = refusalOfChosenBodies(rulebook, content)
  if (chosen !== undefined) return chosen
  const fields = priority?.fields ?? []
  if (content.priorityField != null && !fields.some(({ key }) => key === content.priorityField))
    return {
      code: 'not-among',
      ...(priority === undefined ? {} : { article: priority.article }),
      condition: text(
        `优先开放领域只能是：${fields.map(({ term }) => term.zh).join('、')}`,
        `The field of priority opening is one of: ${fields.map(({ term }) => term.en).join(', ')}`,
      ),
      remedy: text('请从中选择一项，或者不填', 'Choose one of them, or none'),
      paths: ['priorityField'],
    }
  const documents = documentClasses(rulebook)
  if (content.documentClass != null && !documents.classes.some(({ key }) => key === content.documentClass))
    return {
      code: 'not-among',
      ...(documents.article === undefined ? {} : { article: documents.article }),
      condition: text(
        `文书类别只能是：${documents.classes.map(({ term }) => term.zh).join('、')}`,
        `The class of documents is one of: ${documents.classes.map(({ term }) => term.en).join(', ')}`,
      ),
      remedy: text('请从中选择一项，或者不填', 'Choose one of them, or none'),
      paths: ['documentClass'],
    }
  const part = rulebook.catalogue.parts.find(({ key }) => key === content.part)
  if (part?.holders !== undefined && !part.holders.some((role) => providerRoles.includes(role)))
    return {
      code: 'part-of-others',
      article: part.article,
      condition: text(
        `${part.term.zh}不收录本单位的数据`,
        `The ${part.term.en} does not take data of this body`,
      ),
      remedy: text('请改列本单位所属的目录', 'Let the entry stand in the part of its own body'),
      paths: ['part'],
    }
  return undefined
}

/** A type says whom it is for: its provider neither leaves a body out nor makes a list. @article TJ-16.1-a */
function refusalOfChosenBodies(rulebook: Rulebook, content: EntryContent): Refusal | undefined {
  for (const axis of ['sharing', 'opening'] as const) {
    const paths = (['onlyFor', 'exceptFor'] as const).filter((key) => content[axis][key] !== undefined)
    if (paths.length === 0) continue
    const types = axis === 'sharing' ? rulebook.catalogue.sharingTypes : rulebook.catalogue.openingTypes
    const forAll = types.find(({ key }) => key === content[axis].type)?.forAll
    return {
      code: 'bodies-chosen',
      condition: text('类型不能附带单位名单', 'A type carries no list of bodies'),
      remedy: text('请去掉名单后保存', 'Leave the list out and save again'),
      ...forAll,
      paths: paths.map((key) => `${axis}.${key}`),
    }
  }
  return undefined
}

/** Documents that the rows of an entry can stand for in the city: with a proof of delivery, or trusted by all. */
export function documentClasses({ rooms: { proofs, certificates } }: Rulebook) {
  const article = proofs?.sharing.article ?? certificates?.article
  return { article, classes: [...(proofs?.sharing.classes ?? []), ...(certificates?.kinds ?? [])] }
}

/** The part of the catalogue in which entries of a body with these roles stand. */
export const partFor = (rulebook: Rulebook, providerRoles: readonly string[]): string => {
  const { parts } = rulebook.catalogue
  const own = parts.find(({ holders }) => holders?.some((role) => providerRoles.includes(role)))
  return (own ?? parts[0])?.key ?? ''
}

/**
 * What is to be opened to everyone without request has to be in a format that machines read.
 *
 * @article TJ-22.1-a
 */
export function formatFault(
  rulebook: Rulebook,
  content: EntryContent,
): { path: string; message: Text; article: ArticleId } | undefined {
  const rule = rulebook.rooms.publication?.formats
  const opening = rulebook.catalogue.openingTypes.find(({ key }) => key === content.opening.type)
  if (rule === undefined || opening?.effect !== 'free') return undefined
  return namesAccepted(rule.accepted, content.format)
    ? undefined
    : {
        path: 'format',
        message: text(`${rule.condition.zh}；${rule.remedy.zh}`, `${rule.condition.en}; ${rule.remedy.en}`),
        article: rule.article,
      }
}

/**
 * What keeps an entry from being opened in the way it is typed: its security grade, or that no field of it is of a
 * class that may be given out so.
 *
 * @article XM-28.1-a
 */
export function openingLimitFaults(
  rulebook: Rulebook,
  content: EntryContent,
): { path: string; message: Text; article: ArticleId }[] {
  const limits = rulebook.catalogue.openingLimits
  const limit = limits?.types.find(({ type }) => type === content.opening.type)
  if (limits === undefined || limit === undefined) return []
  const { article, condition, remedy, instrument } = limits
  const message = text(
    `${condition.zh}；${remedy.zh}（${instrument.zh}）`,
    `${condition.en}; ${remedy.en} (${instrument.en})`,
  )
  const graded = content.securityGrade !== null && limit.grades.includes(content.securityGrade)
  const classed = content.fields.some(({ sensitivity }) => limit.classes.includes(sensitivity))
  return [
    ...(graded ? [] : [{ path: 'securityGrade', message, article }]),
    ...(classed ? [] : [{ path: 'fields', message, article }]),
  ]
}

/** Whether a file of that name may be loaded into an entry that is opened to everyone; the refusal where not. */
export function refusalOfFile(
  rulebook: Rulebook,
  content: EntryContent,
  fileName: string,
): Refusal | undefined {
  const rule = rulebook.rooms.publication?.formats
  const opening = rulebook.catalogue.openingTypes.find(({ key }) => key === content.opening.type)
  const ending = /\.([A-Za-z0-9]{1,10})$/.exec(fileName)?.[1]
  // A name without an ending says nothing; what the file is shows when it is read.
  if (rule === undefined || opening?.effect !== 'free' || ending === undefined) return undefined
  if ([...rule.accepted, 'ZIP', 'TXT'].some((format) => format.toUpperCase() === ending.toUpperCase()))
    return undefined
  return {
    code: 'not-machine-readable',
    article: rule.article,
    condition: rule.condition,
    remedy: rule.remedy,
    paths: ['filename'],
  }
}

const namesAccepted = (accepted: readonly string[], format: string): boolean =>
  accepted.some((each) => new RegExp(`(^|[^A-Za-z])${each}([^A-Za-z]|$)`, 'i').test(format))
