import { text } from '@tiaoli/kernel/text'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { SentNotice } from '../../foundations/notices/index.ts'
import { OutboundError, postMessage } from '../../foundations/outbound/index.ts'
import { hookMessage } from './hook.ts'
import type { MessagesDeps } from './messages.deps.ts'
import * as store from './messages.store.ts'
import { createOutages } from './outages.ts'

/** Job that carries one notice to one receiver; it is tried again with growing pauses. */
export const deliveryJob = 'messages.deliver'

/** Carries notices out of the house, each filed in the transaction of what it tells of. */
/** What leaves the house says that there is something, and neither of whom nor about what. */
const outside = text('平台有一条新的通知，请登录查看', 'There is a new notice for you on the platform')

export function createDeliveries({
  database,
  notices,
  jobs,
  clock,
  seal,
  mailer,
  guard,
  publicUrl,
  city,
}: MessagesDeps) {
  const { db } = database
  const outages = createOutages(clock)

  /** Whether it went out; it does not where its receiver has stopped or moved, or no mail server is told. */
  async function deliver(delivery: store.Delivery): Promise<boolean> {
    const notice = await notices().find(delivery.noticeId)
    if (notice === undefined) return false
    if (delivery.channel === 'mail') {
      const mail = await store.mailOf(db, delivery.userId)
      // Stopped or moved meanwhile: nothing is sent to where the user no longer wants it.
      if (mailer === undefined || mail?.confirmedAt == null || mail.address !== delivery.receiver)
        return false
      const { link } = notice
      await mailer({
        to: mail.address,
        subject: `[${city.zh}] ${outside.zh}`,
        // What it is about stays in the platform: a mail is read by more than its receiver.
        text: [outside.zh, outside.en, '', link === null ? publicUrl : publicUrl + link, ''].join('\n'),
      })
      return true
    }
    const hook = delivery.hookId === null ? undefined : await store.findHook(db, delivery.hookId)
    if (hook === undefined) return false
    const { headers, body } = hookMessage(notice, seal.open(hook.sealedSecret), publicUrl, clock.now())
    await postMessage({ url: new URL(hook.url), guard, headers, body })
    return true
  }

  return {
    /** In the transaction of the notices. */
    async onSent(tx: Store | Tx, sent: readonly SentNotice[]): Promise<void> {
      for (const id of await store.fileDeliveries(tx, sent, clock.now(), mailer !== undefined))
        await jobs.file(tx, deliveryJob, id, clock.now())
    },

    /** May be done twice: a receiver knows a message that it has had by its id. */
    async carry(id: string): Promise<void> {
      const delivery = await store.findDelivery(db, id)
      if (delivery === undefined || delivery.state === 'sent') return
      const receiver = delivery.channel === 'mail' ? 'mail' : new URL(delivery.receiver).host
      const again = outages.lasting(receiver)
      if (again !== undefined) {
        // It is not this message that fails: it waits until its receiver is back, for a day at most.
        if (clock.now().getTime() - delivery.madeAt.getTime() > longestWaitMs)
          return store.giveUpDelivery(db, id)
        await store.noteOutage(db, id)
        return jobs.file(db, deliveryJob, id, again)
      }
      let sent: boolean
      try {
        sent = await deliver(delivery)
      } catch (error) {
        const failure = failureOf(error)
        if (outageCodes.has(failure)) outages.note(receiver)
        await store.noteAttempt(db, id, 'waiting', failure)
        throw error
      }
      if (sent) await store.noteAttempt(db, id, 'sent', null)
      else await store.giveUpDelivery(db, id)
    },
    giveUp: (id: string) => store.giveUpDelivery(db, id),

    async sendCode(userId: string): Promise<void> {
      const mail = await store.mailOf(db, userId)
      if (mailer === undefined || mail?.sealedCode == null) return
      const code = seal.open(mail.sealedCode)
      const { zh, en } = text(`验证码：${code}`, `Code: ${code}`)
      await mailer({
        to: mail.address,
        subject: `[${city.zh}] 邮箱验证`,
        text: [zh, '30 分钟内有效。', '', en, 'Valid for 30 minutes.', ''].join('\n'),
      })
    },
  }
}

const longestWaitMs = 24 * 3_600_000

/** Failures that say that a receiver is not there, by our word and by those of the mail library. */
const outageCodes: ReadonlySet<string> = new Set([
  'unreachable',
  'too-slow',
  'ECONNECTION',
  'ESOCKET',
  'ETIMEDOUT',
  'EDNS',
])

/** A word for the failure that may be shown: what another server says is not repeated. */
const failureOf = (error: unknown): string => {
  if (error instanceof OutboundError)
    return error.status === undefined ? error.code : `${error.code} ${error.status}`
  const code = (error as NodeJS.ErrnoException).code
  return typeof code === 'string' ? code : 'unreachable'
}
