import { type Text, text } from '@tiaoli/kernel/text'
import type { NewNotice } from '../notices/index.ts'

/** What a user is told of that somebody else did to the account, or tried to. */
export type Told =
  | {
      readonly what: 'locked'
      readonly address: string
      readonly locks: 'here' | 'elsewhere' | 'codes'
    }
  | {
      readonly what: 'unlocked' | 'second-factor-reset' | 'password-given' | 'powers'
      readonly reasons: string
    }
  | { readonly what: 'linked' | 'unlinked'; readonly provider: Text }
  | { readonly what: 'key-ending'; readonly name: string; readonly on: string }

const lockWords = {
  here: text('该网络地址在一段时间内不能登录', 'no sign-in is taken from that address for a while'),
  elsewhere: text(
    '除您近期登录过的网络地址外，一段时间内不能登录',
    'for a while no sign-in is taken but from addresses from which you signed in lately',
  ),
  codes: text(
    '密码可能已经泄露，请尽快更换；一段时间内不接受验证码',
    'somebody seems to know your password: change it soon; for a while no code is taken',
  ),
}

function wordsOf(told: Told): readonly [Text, Text] {
  switch (told.what) {
    case 'locked':
      return [
        text('账号登录失败次数过多', 'Too many failed sign-ins'),
        text(
          `来自 ${told.address} 的多次登录没有成功，${lockWords[told.locks].zh}。不是本人操作的，请更换密码；需要立即使用的，请联系系统管理员解锁。`,
          `Several sign-ins from ${told.address} failed; ${lockWords[told.locks].en}. If this was not you, change your password; an administrator can unlock the account.`,
        ),
      ]
    case 'unlocked':
      return [
        text('账号已解锁', 'Account unlocked'),
        text(
          `系统管理员已解锁账号：${told.reasons}`,
          `An administrator unlocked the account: ${told.reasons}`,
        ),
      ]
    case 'second-factor-reset':
      return [
        text('双重验证已被重置', 'Second factor reset'),
        text(
          `系统管理员已重置您的双重验证：${told.reasons}。请重新启用；不是您要求的，请立即联系市级数据主管部门。`,
          `An administrator reset your second factor: ${told.reasons}. Set it up anew; if you did not ask for it, tell the data authority at once.`,
        ),
      ]
    case 'password-given':
      return [
        text('系统管理员重发了初始密码', 'A new first password was given'),
        text(
          `原因：${told.reasons}。不是您要求的，请立即联系市级数据主管部门。`,
          `Reason: ${told.reasons}. If you did not ask for it, tell the data authority at once.`,
        ),
      ]
    case 'powers':
      return [
        text('职责已调整', 'Your powers have changed'),
        text(`原因：${told.reasons}`, `Reason: ${told.reasons}`),
      ]
    case 'linked':
      return [
        text('账号已绑定统一身份认证', 'Account linked for sign-on'),
        text(
          `今后可由“${told.provider.zh}”登录。不是本人操作的，请解除绑定并更换密码。`,
          `“${told.provider.en}” can sign you in from now on. If this was not you, unlink it and change your password.`,
        ),
      ]
    case 'unlinked':
      return [
        text('统一身份认证绑定已解除', 'Sign-on unlinked'),
        text(`“${told.provider.zh}”不再用于登录。`, `“${told.provider.en}” does not sign you in any more.`),
      ]
    case 'key-ending':
      return [
        text('接口密钥即将失效', 'An API key is about to end'),
        text(
          `密钥“${told.name}”在 ${told.on} 之后不能使用；仍需使用的，请新建密钥并更换。`,
          `The key “${told.name}” works until ${told.on}; make another if you still need one.`,
        ),
      ]
  }
}

/** The notice of it. */
export function toldOf(told: Told): NewNotice {
  const [title, body] = wordsOf(told)
  const link = told.what === 'key-ending' ? '/desk/keys' : '/desk/account'
  return { kind: `account.${told.what}`, title, body, link }
}
