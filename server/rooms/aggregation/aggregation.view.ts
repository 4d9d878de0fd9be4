import type { Batch as BatchView } from '@tiaoli/contract/aggregation'
import type { SnapshotView } from '@tiaoli/contract/catalogue'
import { type Text, text } from '@tiaoli/kernel/text'
import { type LoadProgress, lakeErrors, type RefusalCause } from '../../foundations/lake/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { Batch, Snapshot } from './aggregation.model.ts'
import {
  acceptedPairs,
  missingFields,
  personalFindings,
  proposeMapping,
  qualityScore,
} from './aggregation.rules.ts'
import { contentBrought } from './modes.rules.ts'
import { effectsOver, type Newer } from './newer.ts'
import { showSchema } from './schema.rules.ts'
import { givesWords, suggestionsFor } from './suggestions.rules.ts'

const stages: Record<LoadProgress['stage'], Text> = {
  decoding: text('识别编码', 'Decoding'),
  reading: text('读取文件', 'Reading'),
  checking: text('逐行核对', 'Checking'),
  sorting: text('排序整理', 'Sorting'),
  indexing: text('建立索引', 'Indexing'),
  sealing: text('封存快照', 'Sealing'),
}

const causes: Record<RefusalCause, Text> = {
  'too-few-cells': text('单元格少于列数', 'Fewer cells than columns'),
  'too-many-cells': text('单元格多于列数', 'More cells than columns'),
  'not-of-type': text('内容与信息项类型不符', 'Not of the type of the field'),
  missing: text('必填项为空', 'A required value is missing'),
  undecodable: text('文字编码有误', 'Not in the encoding of the file'),
  'unclosed-quote': text('引号未闭合', 'A quotation mark is not closed'),
  'too-long': text('一行超过 1 MiB', 'The row is longer than 1 MiB'),
  'duplicate-key': text('主键与前面的行重复', 'The key is the same as that of an earlier row'),
  'open-ring': text('图形的环没有闭合，或者首尾不同点', 'A ring does not end where it begins'),
  'not-in-degrees': text(
    '坐标不是经纬度，或者超出经纬度范围',
    'Coordinates are not degrees, or out of range',
  ),
  'not-allowed': text('不符合随附表结构的约束', 'Not what the schema that came with the file allows'),
  'no-such-row': text('现有数据中没有这个主键', 'No row has this key'),
}

/** `isEditable` says whether the entry can be written to; it is asked only where there is something to write. */
export async function presentBatch(
  batch: Batch,
  entry: Entry | undefined,
  newer: Newer | undefined,
  isEditable: (entry: Entry) => Promise<boolean>,
  now: Date,
): Promise<BatchView> {
  const entryContent = entry && (entry.pending ?? entry.content)
  const content = entryContent && contentBrought(entryContent, batch.mode)
  const tables = content === undefined ? [] : (batch.profile?.tables ?? [])
  const taken = tables.find((table) => table.name === batch.acceptance?.table) ?? tables[0]
  const suggestions = new Map(
    tables.map((table) => [table, suggestionsFor(entryContent!, table, batch.acceptance)]),
  )
  const suggests =
    entry !== undefined &&
    givesWords(batch.state) &&
    [...suggestions.values()].some(({ length }) => length > 0) &&
    (await isEditable(entry))
  const running = batch.state === 'profiling' || batch.state === 'loading'
  return {
    id: batch.id,
    entryId: batch.entryId,
    entryTitle: entry?.content.title ?? '',
    number: batch.number,
    state: batch.state,
    mode: batch.mode,
    fileName: batch.fileName,
    sizeBytes: batch.sizeBytes,
    sha256: batch.sha256,
    createdAt: batch.createdAt.toISOString(),
    updatedAt: batch.updatedAt.toISOString(),
    describedAt: batch.describedAt?.toISOString() ?? null,
    finishedAt: batch.finishedAt?.toISOString() ?? null,
    createdBy: batch.userName,
    progress: running ? progressOf(batch, now) : null,
    format: batch.profile?.format ?? null,
    encoding: batch.profile?.encoding ?? batch.encoding,
    delimiter: batch.profile?.delimiter ?? batch.delimiter,
    tables: tables.map((table) => {
      const mapping = proposeMapping(content!, table)
      return {
        name: table.name,
        rowCount: table.rowCount,
        malformedRows: table.malformedRows,
        columns: table.columns.map(({ schema, unreadBounds, ...column }) => ({
          ...column,
          samples: [...column.samples],
          misfitSamples: [...column.misfitSamples],
          renamedFrom: column.renamedFrom ?? null,
          looksPersonal: column.looksPersonal ?? null,
          field: mapping.get(column.source) ?? null,
          schema:
            schema === undefined
              ? null
              : showSchema(
                  content!,
                  { ...column, ...(unreadBounds && { unreadBounds }) },
                  schema,
                  mapping.get(column.source),
                ),
        })),
        sampleRows: table.sampleRows.map((row) => [...row]),
        schema: table.schema
          ? {
              absent: [...table.schema.absent],
              primaryKey: [...table.schema.primaryKey],
              missingValues: table.schema.missingValues && [...table.schema.missingValues],
              unchecked: [...table.schema.unchecked],
            }
          : null,
        suggestions: suggestions.get(table)!,
        missingFields: missingFields(content!, mapping),
      }
    }),
    leftOut: (batch.profile?.leftOut ?? []).map(({ name, code }) => ({
      name,
      cause: code,
      causeText: lakeErrors[code],
    })),
    table: batch.snapshotId === null ? null : (taken?.name ?? null),
    rows: batch.result?.rows ?? null,
    refusedRows: batch.result?.refusedRows ?? null,
    changes: batch.result?.changes ?? null,
    refusals: (batch.result?.refusals ?? []).map((refusal) => ({
      line: refusal.line,
      column: refusal.column,
      cause: refusal.cause,
      causeText: causes[refusal.cause],
      value: refusal.value,
    })),
    personalFindings:
      taken === undefined
        ? []
        : personalFindings(content!, taken, new Map(acceptedPairs(content!, taken, batch.acceptance))),
    snapshotId: batch.snapshotId,
    failure: batch.failure,
    waits: batch.state === 'awaiting-acceptance' ? batch.waits : null,
    newer: newer === undefined ? null : presentNewer(newer, batch),
    acts: [
      ...(batch.state === 'awaiting-acceptance' ? (['accept', 'cancel'] as const) : []),
      ...(running ? (['cancel'] as const) : []),
      ...(suggests ? (['take-over'] as const) : []),
    ],
  }
}

const presentNewer = ({ count, versions }: Newer, { mode }: Batch): BatchView['newer'] => ({
  count,
  newest: versions[0]!.number,
  versions: versions.map(({ number, mode, liveAt, rows }) => ({
    ...{ number, mode, rows },
    liveAt: liveAt.toISOString(),
  })),
  effect: effectsOver[mode],
})

function progressOf(batch: Batch, now: Date): BatchView['progress'] {
  if (batch.progress === null)
    return { stage: 'waiting', stageText: text('等待处理', 'Waiting'), fraction: 0, secondsLeft: null }
  const { stage, fraction, startedAt } = batch.progress
  const elapsed = (now.getTime() - Date.parse(startedAt)) / 1000
  // Before a twentieth is done an estimate would be a guess.
  return {
    stage,
    stageText: stages[stage],
    fraction,
    secondsLeft: fraction > 0.05 ? Math.max(0, Math.round((elapsed / fraction) * (1 - fraction))) : null,
  }
}

export function presentSnapshot(snapshot: Snapshot, live: boolean, late: boolean | null): SnapshotView {
  return {
    id: snapshot.id,
    number: snapshot.number,
    mode: snapshot.mode,
    changes: snapshot.changes,
    liveAt: snapshot.liveAt.toISOString(),
    rows: snapshot.rows,
    refusedRows: snapshot.refusedRows,
    sizeBytes: snapshot.sizeBytes,
    sha256: snapshot.sha256,
    fileName: snapshot.fileName,
    live,
    quality: qualityScore(snapshot.quality, late),
    recordId: snapshot.recordId,
    pinned: snapshot.pinned && { at: snapshot.pinned.at, note: snapshot.pinned.note },
    cited: snapshot.citedAt !== null,
    destroyedAt: snapshot.destroyedAt?.toISOString() ?? null,
    destructionRecord: snapshot.destructionRecord,
  }
}
