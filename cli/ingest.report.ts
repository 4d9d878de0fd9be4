import type { Batch } from '@tiaoli/contract/aggregation'
import type { CommandContext } from './command.types.ts'

const refusalsShown = 5

/** Says how an ingest run stands: what was taken in and refused, what it waits for, or why it failed. */
export function reportBatch(batch: Batch, { say, print, fail }: CommandContext): void {
  if (batch.state === 'failed')
    fail(say(`未能入库：${batch.failure?.message.zh}`, `Not taken in: ${batch.failure?.message.en}`))
  else if (batch.state === 'awaiting-acceptance') {
    print(
      say(
        `等待确认结构${lacking(batch, '；文件缺少：')}`,
        `Waits for its schema to be accepted${lacking(batch, '; the file lacks: ')}`,
      ),
    )
    if (batch.waits) print(`  ${say(batch.waits.zh, batch.waits.en)}`)
    if (batch.newer) print(`  ${newerSays(batch.newer, say)}`)
    for (const { source, schema } of batch.tables[0]?.columns ?? [])
      if (schema?.contradicts)
        print(
          say(
            `  ${source}：表结构声明为 ${schema.type}，与目录登记的类型不一致`,
            `  ${source}: ${schema.type} by the schema, another type by the catalogue`,
          ),
        )
  } else if (batch.state === 'live') {
    print(
      say(
        `已入库 ${batch.rows} 行，拒收 ${batch.refusedRows} 行，快照 ${batch.snapshotId}`,
        `${batch.rows} rows live, ${batch.refusedRows} refused, snapshot ${batch.snapshotId}`,
      ),
    )
    for (const { line, column, causeText } of batch.refusals.slice(0, refusalsShown))
      print(
        say(
          `  第 ${line} 行 ${column ?? ''}：${causeText.zh}`,
          `  line ${line} ${column ?? ''}: ${causeText.en}`,
        ),
      )
  } else print(say('批次已取消', 'The run was cancelled'))
}

const newerSays = ({ newest, effect }: NonNullable<Batch['newer']>, say: CommandContext['say']): string =>
  say(
    `等待期间已形成第 ${newest} 版数据，请在批次页查看后确认。${effect.zh}`,
    `Version ${newest} of the data came while it waits: look at it on the page of the run. ${effect.en}`,
  )

function lacking(batch: Batch, lead: string): string {
  const missing = batch.tables[0]?.missingFields ?? []
  return missing.length === 0 ? '' : lead + missing.join('、')
}
