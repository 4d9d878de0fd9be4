/** Why a check fails. Codes are never reused. */
export const reasons = {
  'key-malformed': ['公钥格式不正确', 'the verifier key is malformed'],
  'note-malformed': ['检查点格式不正确', 'the checkpoint is malformed'],
  'signature-missing': ['检查点没有该公钥的签名', 'the checkpoint is not signed by this key'],
  'signature-forged': ['检查点签名无效', 'the checkpoint’s signature is forged'],
  'origin-differs': ['检查点不属于该日志', 'the checkpoint belongs to another log'],
  'receipt-malformed': ['回执格式不正确', 'the receipt is malformed'],
  'record-altered': [
    '回执内容与日志条目的摘要不符',
    'the record does not have the digest that the log holds',
  ],
  'record-missing': ['数据库缺少日志条目的留痕', 'the database has no record for an entry of the log'],
  'contents-refused': ['平台未提供日志内容', 'the platform did not give the contents of the log'],
  'index-outside': ['回执序号超出日志范围', 'the index is outside the log'],
  'not-included': ['回执的证明与检查点不符', 'the proof does not lead to the checkpoint'],
  'file-missing': ['日志文件缺失或无法读取', 'a file of the log is missing or cannot be read'],
  'file-truncated': ['日志文件长度不正确', 'a file of the log has the wrong length'],
  'tile-differs': ['哈希瓦片与日志条目不符', 'a tile does not agree with the entries'],
  'root-differs': ['日志条目与检查点的根不符', 'the entries do not give the root of the checkpoint'],
  'log-shrunk': ['日志比旧检查点短', 'the log is shorter than the old checkpoint'],
  'witness-missing': ['检查点缺少所要求的见证', 'a demanded witness has not cosigned the checkpoint'],
  'cosignature-forged': ['见证签名无效', 'the cosignature of a witness is forged'],
  'not-witnessed-yet': ['见证尚未覆盖该检查点', 'the witnesses have not come to this checkpoint yet'],
  'index-missing': [
    '没有每日索引：新装的平台要到次日才签发第一份',
    'there is no daily index: a new installation signs its first on the day after',
  ],
  'index-malformed': ['索引格式不正确', 'the index is malformed'],
  'index-broken': ['索引链条不连续', 'the chain of indexes is broken'],
  'index-rewritten': ['索引与留存的不一致', 'the index is not what it was when it was kept'],
  'log-left-out': ['索引遗漏了日志', 'the index leaves out a log'],
  'log-exchanged': ['索引更换了日志公钥', 'the index has another key for a log'],
  'no-sm3': ['回执没有国密部分', 'the receipt has no part for the SM3 tree'],
  'history-rewritten': ['旧检查点不是当前日志的前缀', 'the old checkpoint is not a prefix of the log'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type Reason = keyof typeof reasons

export type Finding<T> =
  | ({ readonly ok: true } & T)
  | {
      readonly ok: false
      readonly reason: Reason /** Where: a path, a size, an index. */
      readonly detail: string
    }

/** Thrown where a check fails and caught at its end, so that no failure can be overlooked on the way. */
export class Rejection extends Error {
  readonly reason: Reason
  readonly detail: string
  constructor(reason: Reason, detail = '') {
    super(`${reasons[reason][1]}: ${detail}`)
    this.reason = reason
    this.detail = detail
  }
}

/** Runs a check; a rejection becomes its finding. */
export async function finding<T extends object>(check: () => Promise<T>): Promise<Finding<T>> {
  try {
    return { ok: true, ...(await check()) }
  } catch (error) {
    if (error instanceof Rejection) return { ok: false, reason: error.reason, detail: error.detail }
    throw error
  }
}
