import { text } from '@tiaoli/kernel/text'
import { overseesCity, type User } from '../../foundations/identity/index.ts'

/** Whether a user may have entries of the organisation brought in: an administrator, or a data steward of its own. */
export const mayLookAfter = (user: User | undefined, organisationId: string): boolean =>
  user !== undefined &&
  user.disabled !== true &&
  (overseesCity({ user }, 'admin') ||
    (user.powers.includes('steward') && user.organisation?.id === organisationId))

/** A run by the schedule is done in the name of somebody who answers for it. */
export const noLongerEntrusted = {
  condition: text(
    '该来源的负责人已不是本单位的数据管理员，也不是系统管理员（平台规则，非法定）',
    'Who is in charge of the source is no longer a data steward of the organisation, nor an administrator (a rule of the platform)',
  ),
  remedy: text(
    '请由现任数据管理员正式采集一次，此后按周期的采集由其负责。',
    'A data steward has it brought in once by hand, and is in charge of it from then on.',
  ),
}
