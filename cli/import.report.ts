import type { HarvestRun, ParityReport } from '@tiaoli/contract/harvesting'
import type { CommandContext } from './command.types.ts'

const reasons: Readonly<
  Record<ParityReport['without'][number]['reason'], readonly [zh: string, en: string]>
> = {
  'no-id': ['没有可用的标识', 'no id that can be kept'],
  'no-title': ['没有标题', 'no title'],
  'not-an-entry': ['不是数据集', 'no dataset'],
  repeated: ['重复出现', 'repeated'],
  refused: ['目录不予登记', 'refused by the catalogue'],
}
const losses: Readonly<Record<ParityReport['lost'][number]['part'], readonly [zh: string, en: string]>> = {
  resources: [
    '数据文件：只导入目录，数据须另行上传',
    'files: only the catalogue is brought in, data are loaded apart',
  ],
  theme: ['主题：来源的主题与本平台不对应', 'themes: those of the source are not known here'],
  keywords: ['部分关键词：过长或者超过 20 个', 'some keywords: too long, or more than 20'],
  fields: [
    '信息项：来源没有说明，或者名称不能登记',
    'fields: not stated by the source, or names that cannot be kept',
  ],
  'field-type': ['信息项类型：不认识的类型按文本登记', 'types of fields: unknown ones are kept as text'],
  cut: ['过长的文字：已截短', 'long texts: cut'],
  markup: ['标记和脚本：已去除', 'markup and scripts: taken out'],
}

/** What a run did, or would do. */
export function reportRun(
  { mode, state, counts, failure, failedAt, refusal }: HarvestRun,
  { say, print, fail }: CommandContext,
): void {
  const what = mode === 'try' ? say('试采集', 'Trial') : say('正式采集', 'Run')
  print(
    say(
      `${what}：读取 ${counts.read} 条，新增 ${counts.added}，更新 ${counts.changed}，待决定 ${counts.differing}，来源已撤下 ${counts.withdrawn}，没有变化 ${counts.same}，没有对应 ${counts.without}`,
      `${what}: ${counts.read} read, ${counts.added} added, ${counts.changed} changed, ${counts.differing} to decide, ${counts.withdrawn} gone at the source, ${counts.same} the same, ${counts.without} without counterpart`,
    ),
  )
  if (state === 'held-back')
    fail(
      say(
        '来源缺少的条目超过设定的比例，已暂停。请核实来源后在网页上决定。',
        'More is missing at the source than is allowed for. Look into the source, then decide in the web interface.',
      ),
    )
  const why = [refusal?.condition, refusal?.remedy].flatMap((each) => each ?? [])
  if (state === 'failed')
    fail([failure, failedAt, ...why.map(({ zh, en }) => say(zh, en))].filter(Boolean).join(' '))
}

/** How both catalogues compare: by group, what has no counterpart, and what did not come along. */
export function reportParity({ parity }: HarvestRun, { say, print }: CommandContext): void {
  print(say('对账：', 'Parity:'))
  for (const { name, remote, here } of parity.groups)
    print(`  ${name || say('（未注明单位）', '(no organisation)')}  ${remote} → ${here}`)
  for (const { title, remoteId, reason, detail } of parity.without)
    print(`  ✗ ${title || remoteId || '?'}: ${say(...reasons[reason])}${detail ? ` (${detail})` : ''}`)
  for (const { part, entries } of parity.lost) print(`  − ${entries}  ${say(...losses[part])}`)
}
