import { bodyKeysUnder } from './organisations.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

const wording = [
  '一、只按准予的应用场景和范围使用数据，不挪作他用。',
  '二、采取必要的技术和管理措施，防止数据泄露、篡改、丢失。',
  '三、不尝试还原已脱敏的信息，不向第三方提供取得的数据。',
  '四、发现安全风险或者发生安全事件，立即处置并按规定告知、报告。',
  '五、使用期限届满或者许可终止，停止使用并按要求处置数据。',
].join('\n')

/** Where receivers of data commit themselves: the wording is there from the start, and most grants are signed for. */
export function committing({ house, members, past }: Scene): Step[] {
  const { commitments, sharing } = house
  if (commitments.rules === undefined) return []
  const sessions = [...bodyKeysUnder(house.rulebook).map((key) => members.of(key)), members.named('citizen')]
  return [
    {
      at: past.workingDaysAgo(95, '09:00'),
      happen: async () => void (await commitments.publish(members.of('authority'), wording)),
    },
    {
      at: past.hoursAgo(1),
      happen: async () => {
        for (const session of sessions) {
          const held = await sharing.list(session, {
            side: 'held',
            current: false,
            entryId: undefined,
            before: undefined,
            limit: 50,
          })
          // The newest is left unsigned where there are several, so that there is something to sign.
          const signed = held.length > 1 ? held.slice(1) : held
          for (const { id, entryId } of signed.filter(sharing.isLive))
            await commitments.sign(session, { entryId, grantId: id, version: 1 })
        }
      },
    },
  ]
}
