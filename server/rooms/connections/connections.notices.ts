import { text } from '@tiaoli/kernel/text'
import type { NewNotice } from '../../foundations/notices/index.ts'
import type { SourceSystem } from './connections.model.ts'

/** The update cycle is the entry's own word, and the notice says so. */
export const entryNotice = (title: string, { id, name }: SourceSystem): NewNotice => ({
  kind: 'system.entry-stale',
  title: text(`《${title}》数据未及时更新`, `The data of “${title}” are stale`),
  body: text(
    `来源系统“${name}”的数据超过该条目的更新周期没有变化。更新周期由提供单位登记，非法定期限。`,
    `At their source, “${name}”, the data have not changed within the update cycle of the entry. The cycle is the provider's own and not statutory.`,
  ),
  link: `/desk/source-systems/${id}`,
})

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
        '来源系统的数据超过登记的更新时限没有变化。该时限由提供单位登记，非法定期限。',
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
