import type { Caller } from './caller.ts'
import type { City } from './city.ts'

/** Contents of an agreement that lacks nothing; what a scenario is about it changes. */
export const agreementContent = {
  fields: ['统一社会信用代码', '企业名称'],
  purpose: '学术研究',
  scenario: '行业分布研究',
  security: '加密存储\n专人管理',
  until: '2026-12-31',
  disposal: '期满后删除并出具证明',
  feedback: '书面报告使用情况',
  'feedback-first': '2026-06-30',
  'feedback-rhythm': 'half-yearly',
}

/** Files an opening request and has it agreed to: the case then waits for its agreement. */
export async function agreedRequest(city: City, entryId: string, applicant: Caller): Promise<string> {
  const filed = await applicant.post('/api/v1/cases', {
    procedure: 'opening-request',
    entryId,
    content: { scenario: '行业分布研究', fields: ['统一社会信用代码', '企业名称'] },
  })
  if (filed.status !== 201) throw new Error(`not filed: ${filed.text}`)
  const agreed = await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/agree`)
  if (agreed.status !== 200) throw new Error(`not agreed: ${agreed.text}`)
  return filed.body.id
}

export const offerAgreement = (city: City, caseId: string, change: object = {}) =>
  city.authority.post(`/api/v1/cases/${caseId}/acts/sign-agreement`, {
    content: { ...agreementContent, ...change },
  })

/** Signs for the applicant; gives the agreement as the applicant sees it. */
export async function signAgreement(applicant: Caller, caseId: string) {
  const signed = await applicant.post(`/api/v1/cases/${caseId}/acts/countersign-agreement`)
  if (signed.status !== 200) throw new Error(`not signed: ${signed.text}`)
  return (await applicant.get(`/api/v1/cases/${caseId}/agreement`)).body.agreement
}
