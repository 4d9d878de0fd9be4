import { type Text, text } from '@tiaoli/kernel/text'
import type { NewNotice } from '../../foundations/notices/index.ts'
import type { HarvestFailure, Run, Source } from './harvesting.model.ts'

export const failures: Readonly<Record<HarvestFailure, readonly [zh: string, en: string]>> = {
  'address-not-allowed': ['该地址不在允许访问的范围内', 'the address is not one that the platform may call'],
  unreachable: ['无法连接来源', 'the source cannot be reached'],
  'too-slow': ['来源应答超时', 'the source answered too slowly'],
  'too-large': ['来源的一页内容过大', 'a page of the source is too large'],
  refused: ['来源拒绝了请求', 'the source refused'],
  malformed: ['来源内容的格式有误，无法读取', 'what the source gives cannot be read'],
  'paging-loop': ['来源的翻页重复，无法读完', 'the pages of the source repeat themselves'],
  'too-many': ['来源的内容超过平台一次采集的限度', 'the source holds more than is read at once'],
  'source-changed': ['采集期间来源的设置被修改', 'the source was changed meanwhile'],
  'not-admitted': [
    '目录目前不能登记该来源的任何条目',
    'the catalogue can take in none of its entries as things stand',
  ],
  internal: ['平台自身故障', 'the platform itself failed'],
}

/** What is told of a run that has ended; undefined where there is nothing to look into. */
export function noticeOf(source: Source, run: Run): NewNotice | undefined {
  const link = `/desk/harvest-sources/${source.id}`
  const { name } = source
  const { counts } = run
  if (run.state === 'failed') {
    const [zh, en] = failures[run.failure ?? 'internal']
    return {
      kind: 'harvest.failed',
      title: text(`外部目录“${name}”采集失败`, `“${name}” could not be read`),
      body: failureWords(run, zh, en),
      link,
    }
  }
  if (run.state === 'held-back')
    return {
      kind: 'harvest.held-back',
      title: text(`外部目录“${name}”采集已暂停写入`, `“${name}”: nothing was written`),
      body: text(
        `来源本次有 ${counts.read} 条，缺少已采集的 ${counts.withdrawn} 条，超过设定的比例（平台规则，非法定）。目录没有改变，请核实来源后决定。`,
        `The source has ${counts.read} entries now and lacks ${counts.withdrawn} that were read before: more than is allowed for (a rule of the platform, not statutory). Nothing was changed; look into the source, then decide.`,
      ),
      link,
    }
  if (run.mode === 'try' || counts.added + counts.differing + counts.withdrawn === 0) return undefined
  return {
    kind: 'harvest.done',
    title: text(`外部目录“${name}”有待处理的条目`, `“${name}” brought entries to look at`),
    body: text(
      `新增草稿 ${counts.added} 条，待决定的差异 ${counts.differing} 条，来源已撤下 ${counts.withdrawn} 条。草稿须经编目程序后才会发布。`,
      `New drafts: ${counts.added}; differences to decide: ${counts.differing}; gone at the source: ${counts.withdrawn}. Drafts are published only by the cataloguing procedure.`,
    ),
    link,
  }
}

/** Why it failed, what to do where that is known, and what became of the catalogue. */
function failureWords({ mode, counts, refusal }: Run, zh: string, en: string): Text {
  const written = mode === 'real' ? counts.added + counts.changed : 0
  const why = [text(zh, `Reason: ${en}`), refusal?.condition, refusal?.remedy].flatMap((each) => each ?? [])
  const outcome =
    written === 0
      ? text('目录没有改变', 'Nothing was changed')
      : text(
          `此前写入的 ${written} 条保留，下次采集继续`,
          `The ${written} entries written before stay; the next run goes on`,
        )
  const said = [...why, outcome]
  return text(
    said.map((each) => `${each.zh.replace(/。$/, '')}。`).join(''),
    said.map((each) => `${each.en.replace(/\.$/, '')}.`).join(' '),
  )
}
