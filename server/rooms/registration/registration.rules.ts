import type { ApplicantKind } from '@tiaoli/contract/registration'
import {
  creditCodeAlphabet,
  creditCodeCheck,
  identityNumberCheck,
  isCreditCode,
  isIdentityNumber,
} from '@tiaoli/kernel/identifiers'
import { type CivilDate, isCivilDate } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'

/** What somebody states who registers. */
export type Stated = {
  readonly kind: ApplicantKind
  readonly name: string
  readonly identityNumber?: string | undefined
  readonly organisationName?: string | undefined
  readonly creditCode?: string | undefined
  readonly username: string
  readonly password: string
}

/** Who is registered, with the number in its written form; it goes no further than the check and the digest. */
export type Subject = {
  readonly kind: ApplicantKind
  readonly name: string
  readonly number: string
}

export type FormFault = { readonly path: keyof Stated; readonly message: Text }

/** As it is written: without spaces, in half-width characters and capitals. */
export const written = (number: string): string => number.normalize('NFKC').replace(/\s/g, '').toUpperCase()

export const leastPassword = 10

/** Who the statement is about, or everything that is wrong with it, each with where. */
export function subjectOf(stated: Stated, today: CivilDate): Subject | readonly FormFault[] {
  const person = stated.kind === 'natural-person'
  const number = written((person ? stated.identityNumber : stated.creditCode) ?? '')
  const faults = [
    ...(person ? identityFaults(number, today) : organisationFaults(number, stated.organisationName ?? '')),
    ...accountFaults(stated, number),
  ]
  if (faults.length > 0) return faults
  return { kind: stated.kind, name: person ? stated.name : stated.organisationName!, number }
}

function organisationFaults(code: string, name: string): FormFault[] {
  const message = creditCodeFault(code)
  return [
    ...(name.length < 2
      ? [
          {
            path: 'organisationName',
            message: text('请填写单位名称', 'Give the name of the organisation'),
          } as const,
        ]
      : []),
    ...(message === undefined ? [] : [{ path: 'creditCode', message } as const]),
  ]
}

/** What is wrong with a unified social credit code (GB 32100): length, character, or check character. */
export function creditCodeFault(code: string): Text | undefined {
  if (code === '') return text('请填写统一社会信用代码', 'Give the unified social credit code')
  if (code.length !== 18)
    return text('统一社会信用代码应为 18 位（GB 32100）', 'A credit code has 18 characters (GB 32100)')
  const strange = [...code].find((character) => !creditCodeAlphabet.includes(character))
  if (strange !== undefined)
    return text(
      `统一社会信用代码不使用字符“${strange}”（GB 32100）`,
      `A credit code does not use “${strange}” (GB 32100)`,
    )
  if (creditCodeCheck(code.slice(0, 17)) !== code[17])
    return text(
      '统一社会信用代码的校验码不符，请核对（GB 32100）',
      'The check character of the credit code does not fit (GB 32100)',
    )
  return isCreditCode(code)
    ? undefined
    : text('统一社会信用代码的构成不符合 GB 32100', 'The code is not made up as GB 32100 has it')
}

function identityFaults(number: string, today: CivilDate): FormFault[] {
  const message = identityFault(number, today)
  return message === undefined ? [] : [{ path: 'identityNumber', message }]
}

/** What is wrong with an identity number (GB 11643): form, date of birth, or check character. Never repeats it. */
export function identityFault(number: string, today: CivilDate): Text | undefined {
  if (number === '') return text('请填写居民身份证号码', 'Give the identity number')
  if (!/^\d{17}[\dX]$/.test(number))
    return text('居民身份证号码应为 18 位（GB 11643）', 'An identity number has 18 characters (GB 11643)')
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isCivilDate(bornOn) || bornOn > today)
    return text('居民身份证号码中的出生日期有误', 'The date of birth in the number does not exist')
  if (identityNumberCheck(number.slice(0, 17)) !== number[17])
    return text(
      '居民身份证号码的校验码不符，请核对（GB 11643）',
      'The check character of the identity number does not fit (GB 11643)',
    )
  return isIdentityNumber(number)
    ? undefined
    : text('居民身份证号码的构成不符合 GB 11643', 'The number is not made up as GB 11643 has it')
}

function accountFaults({ kind, name, username, password }: Stated, number: string): FormFault[] {
  const faults: FormFault[] = []
  if (name.length < 2)
    faults.push({
      path: 'name',
      message:
        kind === 'natural-person'
          ? text('请填写姓名', 'Give your name')
          : text('请填写经办人姓名', 'Give the name of who acts for it'),
    })
  if (!/^[A-Za-z0-9_.]{3,30}$/.test(username))
    faults.push({
      path: 'username',
      message: text(
        '用户名为 3 至 30 个字母、数字、下划线或者点',
        'A user name has 3 to 30 letters, digits, underscores or dots',
      ),
    })
  else if (username.toUpperCase() === number)
    faults.push({
      path: 'username',
      message: text('请不要用证件号码作用户名', 'Do not use the number as user name'),
    })
  const told = [username, number].filter((part) => part.length >= 3)
  if (password.length < leastPassword)
    faults.push({
      path: 'password',
      message: text(`密码至少 ${leastPassword} 位`, `A password has ${leastPassword} characters or more`),
    })
  else if (told.some((part) => password.toUpperCase().includes(part.toUpperCase())))
    faults.push({
      path: 'password',
      message: text('密码不能包含用户名或者证件号码', 'A password contains neither user name nor number'),
    })
  return faults
}
