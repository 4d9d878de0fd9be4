import { text } from '@tiaoli/kernel/text'
import type { NewNotice } from '../../foundations/notices/index.ts'
import type { SourceSystem } from './connections.model.ts'

/** What those concerned are told of a change; undefined where it is nothing to act on. */
export function changeNotice(before: SourceSystem, after: SourceSystem): NewNotice | undefined {
  const link = `/desk/source-systems/${after.id}`
  const { name } = after
  if (after.state === 'broken' && before.state !== 'broken')
    return {
      kind: 'system.broken',
      title: text(`“${name}”连接中断`, `The connection with “${name}” is broken`),
      body: text(
        '平台检测到该系统不再应答，请检查接口。',
        'The system does not answer any more; please look after its interface.',
      ),
      link,
    }
  if (after.stale && !before.stale)
    return {
      kind: 'system.stale',
      title: text(`“${name}”数据未及时更新`, `The data of “${name}” are stale`),
      body: text(
        '来源系统的数据超过登记的更新时限没有变化。该时限由提供单位登记，非法定。',
        'The data at the source have not changed within the registered limit, which is its own and not statutory.',
      ),
      link,
    }
  if (after.state === 'connected' && before.state === 'broken')
    return {
      kind: 'system.restored',
      title: text(`“${name}”连接恢复`, `The connection with “${name}” is restored`),
      body: text('平台检测到该系统恢复应答。', 'The system answers again.'),
      link,
    }
  return undefined
}
