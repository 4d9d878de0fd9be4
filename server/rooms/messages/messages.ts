import { codeJob, createChannels } from './channels.service.ts'
import { createDeliveries, deliveryJob } from './deliveries.service.ts'
import type { MessagesDeps } from './messages.deps.ts'

export type Messages = ReturnType<typeof createMessages>

/** How users are told outside the platform: a calendar of due dates, mail, signed messages to systems. */
export function createMessages(deps: MessagesDeps) {
  const deliveries = createDeliveries(deps)
  deps.jobs.handle(deliveryJob, deliveries.carry, deliveries.giveUp)
  deps.jobs.handle(codeJob, deliveries.sendCode)
  return { channels: createChannels(deps), onSent: deliveries.onSent }
}
