import type { Text } from '@tiaoli/kernel/text'
import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { textSchema } from './common.ts'

/** Every problem the platform can answer with. Codes are never reused; a retired one stays in the list. */
export const problems = {
  'bad-request': { status: 400, title: text('请求格式有误', 'The request is malformed') },
  'not-json': { status: 400, title: text('请求内容不是有效的 JSON', 'The body is not valid JSON') },
  'bad-cursor': { status: 400, title: text('翻页标记无效', 'The cursor does not belong to this query') },
  'bad-filter': { status: 400, title: text('筛选条件有误', 'The filter cannot be applied') },
  'not-signed-in': { status: 401, title: text('请先登录', 'Please sign in') },
  'wrong-credentials': { status: 401, title: text('用户名或密码不正确', 'User name or password is wrong') },
  'password-wrong': { status: 403, title: text('密码不正确', 'The password is wrong') },
  'second-factor-wrong': {
    status: 403,
    title: text('验证码不正确或者已经用过', 'The code is wrong or was used before'),
  },
  'sign-in-again': {
    status: 403,
    title: text('登录已超时或尝试次数过多，请重新登录', 'This sign-in has ended; begin again'),
  },
  'second-factor-needed': {
    status: 403,
    title: text('请先启用双重验证', 'Set up the second factor first'),
  },
  'new-password-needed': {
    status: 403,
    title: text('请先更换初始密码', 'Choose a password of your own first'),
  },
  'sign-on-refused': {
    status: 403,
    title: text('统一身份认证未能完成登录', 'The sign-on was refused'),
  },
  'key-not-valid': {
    status: 401,
    title: text('接口密钥无效、已过期或已撤销', 'The API key is unknown, expired or revoked'),
  },
  'not-allowed': { status: 403, title: text('您的职责不包括此项操作', 'This act is not among your powers') },
  'refused-by-law': { status: 403, title: text('依条例不能办理', 'Refused under the regulation') },
  'refused-by-platform': {
    status: 403,
    title: text('平台规则不允许', 'Refused by a rule of the platform'),
  },
  'not-found': { status: 404, title: text('未找到所请求的内容', 'Not found') },
  'not-acceptable': {
    status: 406,
    title: text('不支持所请求的格式', 'The requested format is not available'),
  },
  'act-unknown': { status: 404, title: text('本办事程序没有此项操作', 'The procedure has no such act') },
  'act-not-available': {
    status: 409,
    title: text('当前环节不能办理此项操作', 'The act is not available in this state'),
  },
  'changed-meanwhile': {
    status: 409,
    title: text('内容已被他人更新，请刷新后重试', 'Somebody else has changed this meanwhile'),
  },
  'too-large': { status: 413, title: text('内容超过允许的大小', 'Too large') },
  'range-not-there': {
    status: 416,
    title: text('文件没有所请求的部分', 'The file has no such part'),
  },
  'unsupported-media': { status: 415, title: text('不支持此类内容', 'Unsupported media type') },
  'content-incomplete': {
    status: 422,
    title: text('填写内容不完整或不符合要求', 'The content is incomplete or not admissible'),
  },
  'proof-not-valid': { status: 422, title: text('一致性证明不成立', 'The consistency proof does not hold') },
  'file-unreadable': { status: 422, title: text('文件无法读取', 'The file cannot be read') },
  'no-snapshot': { status: 409, title: text('该目录条目尚无数据', 'The entry has no data yet') },
  'source-unavailable': {
    status: 503,
    title: text('来源系统暂时无法应答', 'The system at the source does not answer'),
  },
  'engine-unavailable': {
    status: 503,
    title: text('大数据量查询引擎暂时无法应答', 'The engine for large data does not answer'),
  },
  'no-key': {
    status: 409,
    title: text('该数据未设定主键，不能按键查询', 'The data have no key field to look up by'),
  },
  'too-many-requests': { status: 429, title: text('请求过于频繁，请稍后再试', 'Too many requests') },
  internal: { status: 500, title: text('系统出现故障，已留存记录', 'Something went wrong on our side') },
  'storage-unavailable': {
    status: 503,
    title: text('数据存储暂时不可用', 'The storage of the data is not available'),
  },
  'record-unavailable': {
    status: 503,
    title: text('留痕服务暂不可用，数据不予提供', 'The record cannot be kept, so no data are given'),
  },
} as const satisfies Record<string, { status: number; title: Text }>

export type ProblemCode = keyof typeof problems

/** What any route can answer whatever it does: faults of the request as such, of the key, and of ours. */
export const commonProblems: readonly ProblemCode[] = [
  'bad-request',
  'not-json',
  'content-incomplete',
  'unsupported-media',
  'too-large',
  'not-found',
  'key-not-valid',
  'not-allowed',
  'refused-by-platform',
  'second-factor-needed',
  'new-password-needed',
  'record-unavailable',
  'storage-unavailable',
  'internal',
]

/** A problem document (RFC 9457) with the members that a lawful refusal needs. */
export const problemSchema = z.object({
  type: z.string().describe('URI of the problem type'),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  message: textSchema.describe('Title in both languages'),
  article: z.string().optional().describe('Article that decides'),
  condition: textSchema.optional().describe('The condition that was not met'),
  remedy: textSchema.optional().describe('What can be done about it'),
  errors: z.array(z.object({ path: z.string(), message: textSchema })).optional(),
  recordId: z.string().optional().describe('Record of the refusal in the ledger'),
})
export type Problem = z.infer<typeof problemSchema>
