import { urlOf } from '@tiaoli/contract/client'
import type { Route } from '@tiaoli/contract/route'
import { newId } from '@tiaoli/kernel/ids'
import { companyRegister, requestFields } from './acts.ts'
import { syntheticCreditCode } from './synthetic.ts'

/** What calls are about: ids of things that exist, or of none. */
export type Subjects = {
  readonly entryId: string
  readonly batchId: string
  readonly caseId: string
  readonly grantId: string
  readonly recordId: string
  readonly key: string
  /** A file made in the background; where there is none its id is that of the grant. */
  readonly exportId?: string
}

export const nothing = (): Subjects => ({
  entryId: newId(),
  batchId: newId(),
  caseId: newId(),
  grantId: newId(),
  recordId: newId(),
  key: '91500000MA00000012',
})

export type PlausibleCall = { readonly path: string; readonly payload: Buffer | object | undefined }

/** A call of the route as a well-meant program makes it. */
export function plausibleCall(route: Route, subjects: Subjects): PlausibleCall {
  const params = {
    exportId: subjects.grantId,
    ...subjects,
    agreementId: subjects.entryId,
    taskId: subjects.entryId,
    resultId: subjects.entryId,
    demandId: subjects.entryId,
    listId: subjects.entryId,
    organisationId: 'market',
    keyId: subjects.grantId,
    commitmentId: subjects.grantId,
    field: 'weather',
    checkId: subjects.grantId,
    hookId: subjects.grantId,
    sourceId: subjects.grantId,
    runId: subjects.grantId,
    secret: 'none',
    replyId: subjects.grantId,
    handOverId: subjects.grantId,
    sessionId: subjects.grantId,
    userId: subjects.grantId,
    providerId: subjects.grantId,
    contestId: subjects.grantId,
    attachmentId: subjects.grantId,
    code: 'AAAA-BBBB-CCCC-DDDD',
    system: 'sharing',
    procedure: 'sharing-request',
    clock: 'acceptance',
    act: 'submit',
    sequence: 1,
    article: 'CQ-26',
    form: 'ttl',
    number: 0,
    snapshotId: subjects.entryId,
    action: 'package_list',
    featureId: subjects.key,
    uploadId: subjects.grantId,
    pullId: subjects.grantId,
  }
  const path = urlOf(route, params, queries[route.id]).replace('*', '0/000')
  return { path, payload: route.body === 'stream' ? Buffer.from('甲,乙\n1,2\n') : bodyOf(route, subjects) }
}

const queries: Readonly<Record<string, Record<string, unknown>>> = {
  createBatch: { filename: '数据.csv' },
  aggregateRows: { group: '企业名称' },
  diffRows: { from: newId() },
}

function bodyOf(route: Route, { entryId }: Subjects): object | undefined {
  switch (route.id) {
    case 'signIn':
      return { username: 'nobody', password: 'not-the-password' }
    case 'createApiKey':
      return { name: '示例密钥' }
    case 'createEntry':
      return companyRegister
    case 'changeEntry':
      return { title: '改名', version: 1 }
    case 'openCase':
      return {
        procedure: 'sharing-request',
        entryId,
        content: { scenario: '低保核对', fields: requestFields },
      }
    case 'proposeErasure':
      return { reason: '保存期限已届满' }
    case 'addCaseComment':
      return { body: '示例意见' }
    case 'describeBatch':
      return { descriptor: { fields: [{ name: '企业名称' }] } }
    case 'revokeGrant':
    case 'suspendGrant':
    case 'resumeGrant':
      return { reasons: '场景已结束', basis: '某规定第一条' }
    case 'declareGrantVendor':
      return { name: '示例技术服务公司', creditCode: syntheticCreditCode(9000), task: '系统运维' }
    case 'renewGrant':
      return { content: { scenario: '低保核对', fields: requestFields } }
    default:
      return route.body === undefined ? undefined : {}
  }
}
