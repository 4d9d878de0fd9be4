import type { traceFile } from '@tiaoli/contract/deliveries'
import type { z } from 'zod'
import type { CommandContext } from './command.types.ts'

type Traced = z.output<typeof traceFile.answer>

const foundBy = {
  mark: ['整份文件的标记', 'the mark of the whole file'],
  digest: ['整份文件的摘要', 'the digest of the whole file'],
  rows: ['数据行所带的标记', 'the marks that its rows carry'],
  pseudonyms: ['代号', 'its pseudonyms'],
} as const

const reasons = {
  'no-carriers': [
    '文件中没有能够载有标记的内容：没有文字单元格，也没有代号。',
    'Nothing in the file could carry a mark: no text cells, no pseudonyms.',
  ],
  'too-few-carriers': [
    '文件中能够载有标记的不同内容太少，不足以认定任何一方。',
    'Too few different values in the file could carry a mark to name anybody with certainty.',
  ],
  'no-match': [
    '没有查到可以告知您的交付：各单位只能查明本单位所提供数据的交付，数据主管部门可以查明全部。文件也可能不是由本平台交付，或者交付后经其他程序另存。',
    'No delivery was found of which you may be told: a body finds those of the data that it provides, the data authority finds all. The file may also be none of this platform, or was saved anew by another program.',
  ],
} as const

/** Says whose file it is, by which record and how surely; or that it cannot be said, why, and who comes into question. */
export function reportTrace(traced: Traced, { say, print, fail }: CommandContext): void {
  print(`SHA-256 ${traced.sha256}`)
  const { delivery } = traced
  if (delivery === null) {
    for (const { entry, receiver, grantId, files } of traced.receivers)
      print(
        say(
          `  曾取得这些列：${nameOf(receiver)}，《${entry.title}》，${grantId ? `许可 ${grantId}，` : ''}${files} 份文件`,
          `  was handed these columns: ${nameOf(receiver)}, ${entry.title}, ${grantId ? `grant ${grantId}, ` : ''}${files} files`,
        ),
      )
    const [zh, en] = reasons[traced.reason ?? 'no-match']
    fail(say(`无法查明。${zh}`, `Cannot be traced. ${en}`))
    return
  }
  const { evidence } = delivery
  const [zh, en] = foundBy[delivery.foundBy]
  print(say(`依据：${zh}`, `Found by: ${en}`))
  if (evidence !== null)
    print(
      say(
        `把握：${evidence.carriers} 处中 ${evidence.agreeing} 处相符，误认的可能低于 10 的负 ${evidence.surety} 次方`,
        `Surety: ${evidence.agreeing} of ${evidence.carriers} agree; the chance of a wrong name is below 10^-${evidence.surety}`,
      ),
    )
  print(say(`接收方：${nameOf(delivery.receiver)}`, `Receiver: ${nameOf(delivery.receiver)}`))
  print(say(`目录条目：${delivery.entry.title}`, `Entry: ${delivery.entry.title}`))
  print(
    say(
      `使用许可：${delivery.grantId ?? '无（无条件共享）'}`,
      `Grant: ${delivery.grantId ?? 'none (shared freely)'}`,
    ),
  )
  print(say(`交付时间：${inChina(delivery.at)}`, `Handed over: ${inChina(delivery.at)}`))
  print(say(`留痕编号：${delivery.recordId}`, `Record: ${delivery.recordId}`))

  function nameOf({ organisation, name }: (typeof traced.receivers)[number]['receiver']): string {
    return [organisation && say(organisation.name.zh, organisation.name.en), name].filter(Boolean).join(' · ')
  }
}

/** A moment in China's civil time, as the pages show it, with its offset: 2026-10-14 09:30:05 +08:00. */
const inChina = (at: string): string =>
  `${new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at))} +08:00`
