import { type Text, text } from './text.ts'

/** A question that a request for data raises by itself; it stops nothing, and whoever decides sees it. */
export type LeastDataQuestion = {
  readonly code: 'personal-unexplained' | 'sensitive-unexplained' | 'whole-entry'
  /** The field that it is about; null where it is about all of them. */
  readonly field: string | null
  readonly question: Text
}

/** Asking for all of an entry says something only where it has this many fields or more. */
const fieldsWorthChoosing = 5

/**
 * What whoever asks for data has not said a word about, by the principle that only what a scenario needs is asked for:
 * personal and sensitive fields that the statement does not name, and an entry that is wanted whole. That a field is
 * named does not make it necessary; judging that is for who decides.
 */
export function leastDataQuestions(
  fields: readonly { readonly name: string; readonly sensitivity: string }[],
  wanted: readonly string[],
  stated: string,
): LeastDataQuestion[] {
  const questions = fields.flatMap(({ name, sensitivity }): LeastDataQuestion[] => {
    if (!wanted.includes(name) || stated.includes(name)) return []
    if (sensitivity === 'sensitive')
      return [
        {
          code: 'sensitive-unexplained',
          field: name,
          question: text(
            `「${name}」为敏感信息，申请内容没有说明为何必需`,
            `“${name}” is sensitive, and nothing says why it is needed`,
          ),
        },
      ]
    return sensitivity === 'personal'
      ? [
          {
            code: 'personal-unexplained',
            field: name,
            question: text(
              `「${name}」为个人信息，申请内容没有说明为何必需`,
              `“${name}” is personal, and nothing says why it is needed`,
            ),
          },
        ]
      : []
  })
  const whole = fields.length >= fieldsWorthChoosing && fields.every(({ name }) => wanted.includes(name))
  return whole
    ? [
        ...questions,
        {
          code: 'whole-entry',
          field: null,
          question: text(
            `申请了全部 ${fields.length} 个信息项，请确认该场景每一项都需要`,
            `All ${fields.length} fields are asked for; the scenario should need each of them`,
          ),
        },
      ]
    : questions
}
