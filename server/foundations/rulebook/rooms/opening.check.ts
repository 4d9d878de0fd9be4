import type { Fault } from '../faults.ts'
import type { OpeningRules } from '../rooms.schema.ts'
import type { ContentField, Procedure } from '../rulebook.types.ts'
import { type AgreementRules, type CorrectionRules, feedbackRhythms } from './opening.ts'

type LocalFault = Omit<Fault, 'file'>

/** Whether what the rules of opened data name is there in the procedures. */
export function checkOpening(
  { agreement, correction }: Pick<OpeningRules, 'agreement' | 'correction'>,
  procedures: readonly Procedure[],
): LocalFault[] {
  return [
    ...(agreement === undefined ? [] : checkAgreement('agreement', agreement, procedures)),
    ...(correction === undefined ? [] : checkCorrection('correction', correction, procedures)),
  ]
}

function checkCorrection(
  path: string,
  rules: CorrectionRules,
  procedures: readonly Procedure[],
): LocalFault[] {
  const procedure = procedures.find(({ key }) => key === rules.procedure)
  const opening = procedure?.acts.find(({ key, from }) => key === rules.opens && from.length === 0)
  if (opening === undefined)
    return [{ path: `${path}.opens`, found: rules.opens, expected: 'the act that opens the procedure' }]
  const asks = (key: string) => opening.content.some((field) => field.key === key && field.required)
  return [rules.correctBy, rules.ground.key]
    .filter((key) => !asks(key))
    .map((key) => ({ path, found: key, expected: 'required content of the act that opens it' }))
}

function checkAgreement(path: string, rules: AgreementRules, procedures: readonly Procedure[]): LocalFault[] {
  const procedure = procedures.find(({ key }) => key === rules.procedure)
  if (procedure === undefined)
    return [{ path: `${path}.procedure`, found: rules.procedure, expected: 'a procedure of this rulebook' }]
  const faults: LocalFault[] = []
  for (const name of ['offeredBy', 'acceptedBy'] as const)
    if (!procedure.acts.some((act) => act.key === rules[name]))
      faults.push({ path: `${path}.${name}`, found: rules[name], expected: 'an act of the procedure' })
  const content = procedure.acts.find((act) => act.key === rules.offeredBy)?.content ?? []
  const asked = (at: string, key: string, fits: (field: ContentField) => boolean, expected: string): void => {
    const field = content.find((each) => each.key === key)
    if (field === undefined || !field.required || !fits(field))
      faults.push({ path: `${path}.${at}`, found: key, expected })
  }
  const isText = ({ kind }: ContentField): boolean => kind === 'text'
  const isDate = ({ kind }: ContentField): boolean => kind === 'date'
  for (const key of rules.matters.keys)
    asked('matters.keys', key, () => true, 'required content of the act that offers the agreement')
  for (const key of rules.modelText.keys) asked('modelText.keys', key, isText, 'a required text of that act')
  for (const matter of ['measures', 'disposal', 'feedback'] as const)
    asked(`${matter}.key`, rules[matter].key, isText, 'a required text of that act')
  asked('until', rules.until, isDate, 'a required date of that act')
  asked('feedback.first', rules.feedback.first, isDate, 'a required date of that act')
  asked(
    'feedback.rhythm',
    rules.feedback.rhythm,
    ({ choices = [] }) => choices.length > 0 && choices.every(({ key }) => key in feedbackRhythms),
    `a required choice among ${Object.keys(feedbackRhythms).join(', ')}`,
  )
  return faults
}
