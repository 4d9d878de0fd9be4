import { addDays, type CivilDate } from '@tiaoli/kernel/instants'
import type { ActContent } from '../foundations/cases/index.ts'
import type { Act, ContentField, Procedure, Rulebook } from '../foundations/rulebook/index.ts'
import { basisUnder } from './bases.ts'

/** What the writer of an act knows. */
export type Writing = {
  readonly rulebook: Rulebook
  readonly procedure: Procedure
  readonly today: CivilDate
  /** Names of the fields that are asked for, and the texts of this request by the key of their form field. */
  readonly fields: readonly string[]
  readonly texts: Readonly<Record<string, string>>
}

/** Fills in the form of an act, whatever it asks: every required part, and what there is to say of the others. */
export function contentOf(act: Act, writing: Writing): ActContent {
  const answers = act.content.map((field) => [field.key, answerTo(field, act, writing)] as const)
  return Object.fromEntries(answers.filter(([, answer]) => answer !== undefined))
}

function answerTo(field: ContentField, act: Act, writing: Writing): unknown {
  switch (field.kind) {
    case 'text': {
      const said = field.key === 'reasons' ? reasonsFor(act, writing.procedure) : writing.texts[field.key]
      return (
        said ?? usualTexts[field.key] ?? (field.required ? `${field.title.zh}：按有关规定办理。` : undefined)
      )
    }
    case 'date':
      return addDays(writing.today, 365)
    case 'fields':
      return field.required ? writing.fields : undefined
    case 'masks':
    case 'rows':
    case 'limits':
      return undefined
    case 'choice':
      return field.choices?.[0]?.key
    case 'undertaking':
      return true
    case 'basis':
      return basisUnder(writing.rulebook, 'personal-information')
  }
}

const usualTexts: Readonly<Record<string, string>> = {
  question: '目录载明的条件没有涉及这一应用场景。请就能否提供、可以提供哪些信息项反馈意见。',
  opinion: '所需信息项与场景相适应，建议限定使用期限，按最小必要范围提供。',
  message: '业务办理确需批量比对，逐笔核验不能满足时限要求，请协商提供方式。',
  terms: '只提供所列信息项，按月更新，使用单位每季度反馈使用情况。',
  difference: '双方对是否批量提供未能达成一致。',
  statement: '该数据为履行法定职责所必需，提请研究决定。',
  security: '部署在专用环境，访问实名留痕，不导出原始数据。',
  disposal: '使用期限届满后十五日内删除，并书面告知。',
  feedback: '每季度末书面反馈使用情况和成果。',
  note: '信息项和类型已经本单位业务处室核对。',
}

/** Why somebody did what has to be justified: told by what the act leads to. */
function reasonsFor(act: Act, procedure: Procedure): string {
  const outcome = procedure.states.find((state) => state.key === act.to)?.outcome
  if (act.extends !== undefined) return '需要就多个信息项逐项征求意见，原期限内不能完成。'
  if (outcome === 'withdrawn' || outcome === 'closed') return '业务安排调整，不再需要。'
  if (act.effect === 'grant') return '属于申请单位的法定职责，所需信息项与应用场景相适应。'
  if (act.content.some((field) => field.kind === 'basis') || outcome === 'refused')
    return '所述场景可以通过逐笔核验实现，批量取得超出实现目的的最小范围。'
  return '信息项的含义说明不完整，请补充后重新提交。'
}
