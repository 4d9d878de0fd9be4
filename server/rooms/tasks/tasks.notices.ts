import { civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { NewNotice } from '../../foundations/notices/index.ts'
import type { Standing, Task } from './tasks.model.ts'

const linkOf = ({ entry }: Task): string => `/desk/aggregation/${entry.id}`

/** The date rests on a cycle that the catalogue or a requirement names, and the notice says so. */
export const lateNotice = (task: Task, dueAt: Date): NewNotice => ({
  kind: 'task.late',
  title: text(
    `《${task.entry.title}》未按目录汇聚`,
    `“${task.entry.title}” was not aggregated as catalogued`,
  ),
  body: text(
    `按更新周期，数据应于 ${civilDateOf(dueAt)} 前更新，至今未收到。该日期依目录或汇聚要求确定，非法定期限。`,
    `By its cycle the data were due before ${civilDateOf(dueAt)} and have not come. The date rests on the catalogue or a requirement and is not statutory.`,
  ),
  link: linkOf(task),
})

export const shortNotice = (task: Task, { missingRows, lagSeconds }: Standing): NewNotice => ({
  kind: 'task.short',
  title: text(`《${task.entry.title}》汇聚不完整`, `“${task.entry.title}” is not fully aggregated`),
  body: text(
    `平台比源端少 ${missingRows ?? 0} 行，滞后 ${Math.round((lagSeconds ?? 0) / 60)} 分钟。`,
    `The platform has ${missingRows ?? 0} rows fewer than the source and lags ${Math.round((lagSeconds ?? 0) / 60)} minutes behind.`,
  ),
  link: linkOf(task),
})
