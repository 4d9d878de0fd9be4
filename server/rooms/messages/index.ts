import type { Clock } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { AddressGuard, SecretSeal } from '../../foundations/outbound/index.ts'
import { codeJob, createChannels } from './channels.service.ts'
import { createDeliveries, deliveryJob } from './deliveries.service.ts'
import type { SendMail } from './mailer.ts'

export { createMailer } from './mailer.ts'
export { mountMessages } from './messages.routes.ts'

export type MessagesDeps = {
  readonly database: Database
  readonly notices: () => Notices
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly clock: Clock
  readonly seal: SecretSeal
  readonly guard: AddressGuard
  /** Undefined where the installation sends no mail. */
  readonly mailer: SendMail | undefined
  readonly publicUrl: string
  readonly city: Text
}

export type Messages = ReturnType<typeof createMessages>

/** How users are told outside the platform: a calendar of due dates, mail, signed messages to systems. */
export function createMessages(deps: MessagesDeps) {
  const deliveries = createDeliveries(deps)
  deps.jobs.handle(deliveryJob, deliveries.carry, deliveries.giveUp)
  deps.jobs.handle(codeJob, deliveries.sendCode)
  return { channels: createChannels(deps), onSent: deliveries.onSent }
}

export const messageMigrations = { room: 'messages', folder: new URL('./migrations/', import.meta.url) }
