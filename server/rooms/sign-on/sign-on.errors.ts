import { type Text, text } from '@tiaoli/kernel/text'
import { Problem } from '../../foundations/problems/index.ts'

const again = text('请返回登录页重新开始。', 'Begin again at the sign-in page.')
const ask = text('请联系系统管理员。', 'Ask an administrator.')

/** Every way in which a sign-on comes to nothing, as it is told and as it is recorded. */
const refusals = {
  'attempt-unknown': [
    text(
      '登录请求不存在、已经用过或者不是由本浏览器发起',
      'No sign-on of this browser waits for this, or it was used before',
    ),
    again,
  ],
  declined: [text('统一身份认证没有同意登录', 'The provider did not agree to the sign-on'), again],
  'code-refused': [text('统一身份认证没有接受授权码', 'The provider did not take its code back'), again],
  'token-not-for-this': [
    text(
      '身份令牌的签发者、接收者、随机数或者时间与本次登录不符',
      'Issuer, audience, nonce or time of the token do not belong to this sign-on',
    ),
    ask,
  ],
  'token-unsound': [
    text(
      '身份令牌缺失、签名无效或者格式不符',
      'The token is missing, its signature does not hold, or it is malformed',
    ),
    ask,
  ],
  unreachable: [
    text('统一身份认证无法访问或者应答异常', 'The provider cannot be reached, or answers strangely'),
    text('请稍后再试，或者使用密码登录。', 'Try again later, or sign in by password.'),
  ],
  'subject-unknown': [
    text('该身份没有对应的平台账号', 'No account belongs to this identity'),
    text(
      '已有账号的，请先以密码登录，再在“本人账号”中绑定；没有账号的，请联系系统管理员。',
      'If you have an account, sign in by password and link it under “My account”; if not, ask an administrator.',
    ),
  ],
  'mapping-gone': [
    text(
      '该账号由统一身份认证开设，现有身份信息不再对应任何单位',
      'The account was made by the provider, whose claims belong to no organisation any more',
    ),
    ask,
  ],
  'linked-elsewhere': [
    text(
      '该身份已绑定其他账号，或者本账号已绑定该认证的其他身份',
      'This identity is linked with another account, or this account with another identity of the provider',
    ),
    text('请先解除原有绑定。', 'Unlink the former one first.'),
  ],
  'other-user': [
    text(
      '绑定由另一账号发起，现在登录的账号不是该账号',
      'Another account began to link than is signed in now',
    ),
    again,
  ],
} as const satisfies Record<string, readonly [Text, Text]>

export type RefusalCause = keyof typeof refusals

/** A provider gave nothing that could be relied on. */
export class SignOnFailure extends Error {
  override readonly name = 'SignOnFailure'
  readonly reason: RefusalCause
  constructor(reason: RefusalCause, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

export const signOnRefused = (reason: RefusalCause, cause?: unknown): Problem => {
  const [condition, remedy] = refusals[reason]
  return new Problem('sign-on-refused', { condition, remedy }, cause)
}
