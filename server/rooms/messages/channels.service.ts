import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { mostHooks } from '@tiaoli/contract/messages'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { hookSecret } from './hook.ts'
import type { MessagesDeps } from './messages.deps.ts'
import * as store from './messages.store.ts'

/** Job that sends the code by which an address is confirmed; its subject is the user. */
export const codeJob = 'messages.code'

const codeLivesMs = 30 * 60_000
const mostWrongCodes = 5
/** Codes that one user can have sent within an hour, to whatever addresses. */
const mostCodes = 5
const codeWindowMs = 60 * 60_000

/** By which ways a user is told outside the platform: each chosen by the user, each to be ended at any time. */
export function createChannels({ database, ledger, jobs, clock, seal, mailer }: MessagesDeps) {
  const { db } = database

  /** What is on record is that a way was opened or closed, not where it leads. */
  function changed(
    session: Session,
    channel: 'feed' | 'mail' | 'hook',
    outcome: string,
    work: (tx: Tx, userId: string) => Promise<void>,
  ): Promise<void> {
    const user = session.user!
    return database.inTransaction(async (tx) => {
      await work(tx, user.id)
      await ledger.record(tx, {
        kind: 'channel',
        userId: user.id,
        organisationId: user.organisation?.id ?? null,
        outcome,
        payload: { channel },
      })
    })
  }

  return {
    async makeFeed(session: Session): Promise<string> {
      const secret = randomBytes(24).toString('base64url')
      await changed(session, 'feed', 'opened', (tx, userId) =>
        store.writeFeed(tx, userId, digestOf(secret), clock.now()),
      )
      return secret
    },
    async endFeed(session: Session): Promise<void> {
      if ((await store.feedOf(db, session.user!.id)) === undefined) return
      await changed(session, 'feed', 'ended', async (tx, userId) => void (await store.removeFeed(tx, userId)))
    },
    userOfFeed: (secret: string) => store.userOfFeed(db, digestOf(secret)),

    /** Nothing is mailed to an address before its owner has shown that it is theirs. */
    async setMail(session: Session, address: string): Promise<void> {
      if (mailer === undefined) throw noMail()
      const now = clock.now()
      await changed(session, 'mail', 'stated', async (tx, userId) => {
        const before = await store.lockMail(tx, userId)
        const sameWindow =
          before?.codesSince != null && now.getTime() - before.codesSince.getTime() < codeWindowMs
        const codesSent = sameWindow ? before.codesSent : 0
        if (codesSent >= mostCodes)
          throw new Problem('too-many-requests', {
            condition: text('验证码发送过于频繁', 'Too many codes were asked for'),
            retryAfterSeconds: codeWindowMs / 1000,
          })
        await store.writeMail(tx, {
          userId,
          address,
          confirmedAt: null,
          sealedCode: seal.seal(String(randomInt(10 ** 8)).padStart(8, '0')),
          codeUntil: new Date(now.getTime() + codeLivesMs),
          wrongCodes: 0,
          codesSent: codesSent + 1,
          codesSince: sameWindow ? before.codesSince : now,
        })
        await jobs.file(tx, codeJob, userId, now)
      })
    },

    async confirmMail(session: Session, code: string): Promise<void> {
      // A wrong code is counted, so it must not be undone with its transaction.
      const right = await database.inTransaction(async (tx) => {
        const mail = await store.lockMail(tx, session.user!.id)
        if (
          mail?.sealedCode == null ||
          mail.codeUntil === null ||
          mail.codeUntil < clock.now() ||
          mail.wrongCodes >= mostWrongCodes
        )
          throw new Problem('act-not-available', {
            condition: text(
              '没有等待验证的邮箱，或者验证码已失效',
              'No address waits for a code, or the code has run out',
            ),
            remedy: text('请重新填写邮箱。', 'State the address again.'),
          })
        if (!isSame(seal.open(mail.sealedCode), code)) {
          await store.writeMail(tx, { ...mail, wrongCodes: mail.wrongCodes + 1 })
          return false
        }
        await store.writeMail(tx, { ...mail, confirmedAt: clock.now(), sealedCode: null, codeUntil: null })
        return true
      })
      if (!right)
        throw new Problem('content-incomplete', {
          condition: text('验证码不正确', 'The code is wrong'),
          errors: [{ path: 'code', message: text('请核对邮件中的验证码', 'Check the code in the mail') }],
        })
      await changed(session, 'mail', 'opened', async () => {})
    },

    async stopMail(session: Session): Promise<void> {
      const mail = await store.mailOf(db, session.user!.id)
      if (mail === undefined || mail.address === '') return
      // The count of codes stays: stopping and stating anew must not begin it again.
      await changed(session, 'mail', 'ended', (tx) =>
        store.writeMail(tx, { ...mail, address: '', confirmedAt: null, sealedCode: null, codeUntil: null }),
      )
    },

    async addHook(session: Session, url: string): Promise<string> {
      const { user } = session
      if (user?.organisation == null)
        throw new Problem('not-allowed', {
          condition: text('Webhook 供单位的系统使用', 'Webhooks are for systems of organisations'),
          remedy: text('个人可以使用邮件或者日历订阅。', 'Persons can use mail or the calendar.'),
        })
      // Whoever made themselves known by a form alone does not have this house call addresses for them.
      if (user.organisation.registered === true)
        throw new Problem('not-allowed', {
          condition: text(
            'Webhook 供公共管理和服务机构的系统使用',
            'Webhooks are for systems of public bodies',
          ),
          remedy: text('可以使用邮件或者日历订阅。', 'Use mail or the calendar.'),
        })
      const secret = hookSecret(randomBytes(24))
      await changed(session, 'hook', 'opened', async (tx, userId) => {
        if ((await store.hooksOf(tx, userId)).length >= mostHooks)
          throw new Problem('act-not-available', {
            condition: text(`最多登记 ${mostHooks} 个系统`, `${mostHooks} systems at most`),
            remedy: text('请先停用不用的系统。', 'Stop one that is no longer needed.'),
          })
        await store.insertHook(tx, {
          id: newId(),
          userId,
          url,
          sealedSecret: seal.seal(secret),
          madeAt: clock.now(),
        })
      })
      return secret
    },
    removeHook: (session: Session, id: string) =>
      changed(session, 'hook', 'ended', async (tx, userId) => {
        if (!(await store.removeHook(tx, userId, id))) throw new Problem('not-found')
      }),

    async show(session: Session) {
      const user = session.user!
      const [feed, mail, hooks, deliveries] = await Promise.all([
        store.feedOf(db, user.id),
        store.mailOf(db, user.id),
        store.hooksOf(db, user.id),
        store.newestDeliveries(db, user.id),
      ])
      return {
        feed: feed === undefined ? null : { madeAt: feed.madeAt.toISOString() },
        mail: {
          offered: mailer !== undefined,
          address: mail?.address || null,
          confirmed: mail?.confirmedAt != null,
        },
        hooks: {
          offered: user.organisation !== null,
          items: hooks.map(({ id, url, madeAt }) => ({ id, url, madeAt: madeAt.toISOString() })),
        },
        deliveries: deliveries.map((each) => ({
          id: each.id,
          channel: each.channel,
          to: each.receiver,
          title: { zh: each.titleZh, en: each.titleEn },
          at: each.madeAt.toISOString(),
          state: each.state,
          attempts: each.attempts,
          failure: each.failure,
        })),
      }
    },
  }
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const isSame = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other))

const noMail = (): Problem =>
  new Problem('act-not-available', {
    condition: text('本平台没有配置邮件服务器', 'The installation has no mail server'),
    remedy: text('请使用日历订阅，或者联系系统管理员。', 'Use the calendar, or ask the administrator.'),
  })
