import { subjectTypes } from '@tiaoli/contract/catalogue'
import { type CollectionPlan, planAudiences } from '@tiaoli/contract/collection'
import { useMemo } from 'react'
import type { Content } from '../../../kit/act-form/check-content.ts'
import { WrongAnswer } from '../../../kit/act-form/wrong-answer.ts'
import { answerOf, choiceQuestion, linesOf, textQuestion } from '../../../kit/ask.ts'
import { bodiesNamed } from '../../../kit/bodies-named.ts'
import { question } from '../../../kit/questions.ts'
import { useRulebook } from '../../../kit/rulebook.ts'
import { useDeskText } from '../../../text/use-text.ts'
import { parseExceptions, parseFields, writeExceptions, writeFields } from '../plan-lines.ts'

type PlanDraft = Pick<
  CollectionPlan,
  | 'title'
  | 'purpose'
  | 'kind'
  | 'subjectType'
  | 'audience'
  | 'addressees'
  | 'entryId'
  | 'procedureBasis'
  | 'fields'
  | 'exceptions'
>

/** The questions of a plan, what they start from, and how the answers become a plan again. */
export function usePlanForm(plan?: CollectionPlan) {
  const { t } = useDeskText()
  const { data: rulebook } = useRulebook()
  const ranks = rulebook?.catalogue.basisRanks ?? []
  const words = t.collection
  const said = (value: string) => ({ zh: value, en: value })
  const choices = <K extends string>(keys: readonly K[], names: Readonly<Record<K, string>>) =>
    keys.map((key) => ({ key, term: said(names[key]) }))
  const optional = { required: false }
  const fields = [
    textQuestion('title', said(words.planTitle)),
    textQuestion('purpose', said(words.purpose), { ...optional, maxLength: 1000 }),
    textQuestion('kind', said(words.kind), optional),
    choiceQuestion('subjectType', said(words.subject), choices(subjectTypes, t.compilation.subjectTypes)),
    choiceQuestion('audience', said(words.audience), choices(planAudiences, words.audiences)),
    textQuestion('addressees', said(words.addressees), {
      ...optional,
      help: said(words.addresseesHelp),
      maxLength: 10_000,
    }),
    textQuestion('entryId', said(words.entryId), optional),
    question('procedureBasis', said(words.procedureBasis), {
      kind: 'basis',
      required: false,
      maxLength: null,
      ranks: [...ranks],
    }),
    textQuestion('fields', said(words.fields), { help: said(words.fieldsHelp), maxLength: 50_000 }),
    textQuestion('exceptions', said(words.exceptions), {
      ...optional,
      help: said(words.exceptionsHelp),
      maxLength: 50_000,
    }),
  ]
  const initial = useMemo(
    (): Content =>
      plan === undefined
        ? {}
        : {
            title: plan.title,
            purpose: plan.purpose,
            kind: plan.kind,
            subjectType: plan.subjectType,
            audience: plan.audience,
            addressees: plan.addressed.map(({ name }) => name.zh).join('\n'),
            entryId: plan.entryId ?? '',
            ...(plan.procedureBasis ? { procedureBasis: plan.procedureBasis } : {}),
            fields: writeFields(plan.fields, t),
            exceptions: writeExceptions(plan.exceptions, ranks),
          },
    [plan, t, ranks],
  )
  async function read(content: Content): Promise<PlanDraft> {
    const { fields: items, badLine } = parseFields(answerOf(content, 'fields'), t)
    if (badLine !== undefined) throw new WrongAnswer(words.badLine(badLine))
    const { ids, unknown } = await bodiesNamed(linesOf(answerOf(content, 'addressees')))
    if (unknown !== undefined) throw new WrongAnswer(t.compilation.unknownBody(unknown))
    return {
      title: answerOf(content, 'title'),
      purpose: answerOf(content, 'purpose'),
      kind: answerOf(content, 'kind'),
      subjectType: subjectTypes.find((key) => key === content.subjectType) ?? 'other',
      audience: planAudiences.find((key) => key === content.audience) ?? 'society',
      addressees: ids,
      entryId: answerOf(content, 'entryId') || null,
      procedureBasis: (content.procedureBasis as PlanDraft['procedureBasis'] | undefined) ?? null,
      fields: items,
      exceptions: parseExceptions(answerOf(content, 'exceptions'), ranks),
    }
  }
  return { fields, initial, read }
}
