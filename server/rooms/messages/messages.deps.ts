import type { Clock } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { AddressGuard, SecretSeal } from '../../foundations/outbound/index.ts'
import type { SendMail } from './mailer.ts'

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
