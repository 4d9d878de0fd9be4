import { readFile, stat } from 'node:fs/promises'
import { acceptBatch, type Batch, batchModes, getBatch } from '@tiaoli/contract/aggregation'
import { createClient, ProblemError } from '@tiaoli/contract/client'
import { type Descriptor, descriptorSchema } from '@tiaoli/contract/table-schema'
import { finishUpload } from '@tiaoli/contract/uploads'
import type { CommandModule } from './command.types.ts'
import { reportBatch } from './ingest.report.ts'
import { mayGoOn } from './ingest.rules.ts'
import { NoAnswer, sendInParts } from './send-in-parts.ts'

const pollMs = 500
const finished = new Set(['live', 'failed', 'cancelled'])

/** `tiaoli ingest <entry> <file>`: brings a file into an entry through the HTTP interface. */
export const ingestCommands: CommandModule = (program, context) => {
  program
    .command('ingest')
    .argument('<entry>', context.say('目录条目编号（id）', 'Id of the catalogue entry'))
    .argument('<file>', context.say('数据文件', 'The file'))
    .description(context.say('上传文件并入库', 'Upload a file and load it'))
    .option(
      '--url <url>',
      context.say('平台地址', 'Address of the platform'),
      process.env.TIAOLI_URL ?? 'http://127.0.0.1:8080',
    )
    .option('--key <key>', context.say('接口密钥（或环境变量 TIAOLI_KEY）', 'API key (or TIAOLI_KEY)'))
    .option('--encoding <encoding>', context.say('文字编码', 'Text encoding'))
    .option('--delimiter <delimiter>', context.say('分隔符', 'Delimiter'))
    .option(
      '--mode <mode>',
      context.say(
        'replace 整体替换，append 追加，upsert 按主键更新，delete 按主键删除',
        'replace all rows, append, upsert by key, or delete by key',
      ),
      'replace',
    )
    .option(
      '--schema <file>',
      context.say(
        '随附的 Frictionless Table Schema（schema.json）或 datapackage.json',
        'A Frictionless Table Schema (schema.json) or datapackage.json that goes with it',
      ),
    )
    .option(
      '--review',
      context.say('只上传和识别，等待在网页上确认', 'Upload and look only; accept in the web interface'),
    )
    .action(
      async (
        entryId: string,
        file: string,
        options: {
          url: string
          key?: string
          encoding?: string
          delimiter?: string
          mode: string
          schema?: string
          review?: boolean
        },
      ) => {
        const key = options.key ?? process.env.TIAOLI_KEY
        if (key === undefined)
          return context.fail(
            context.say('请用 --key 或 TIAOLI_KEY 给出接口密钥', 'Give an API key with --key or TIAOLI_KEY'),
          )
        const call = createClient({
          baseUrl: options.url.replace(/\/$/, ''),
          headers: () => ({ authorization: `Bearer ${key}`, 'accept-language': context.say('zh', 'en') }),
        })
        try {
          if (!(await stat(file).catch(() => null))?.isFile())
            return context.fail(context.say(`没有这个文件：${file}`, `There is no such file: ${file}`))
          const mode = batchModes.find((known) => known === options.mode)
          if (mode === undefined)
            return context.fail(
              context.say(`没有这种方式：${options.mode}`, `There is no such mode: ${options.mode}`),
            )
          const descriptor = options.schema === undefined ? undefined : await schemaIn(options.schema)
          if (typeof descriptor === 'string')
            return context.fail(
              context.say(
                `表结构文件 ${options.schema} 不符合规范（${descriptor}），没有上传任何内容`,
                `${options.schema} is no valid schema (${descriptor}); nothing was uploaded`,
              ),
            )
          const uploadId = await sendInParts(file, { url: options.url, entryId, key, mode })
          let batch = await call(finishUpload, {
            params: { uploadId },
            body: {
              encoding: options.encoding,
              delimiter: options.delimiter,
              mode,
              accept: options.review ? 'review' : 'auto',
              descriptor,
            },
          })
          context.print(
            context.say(
              `已收到 ${batch.fileName}，批次 ${batch.id}`,
              `Received ${batch.fileName}, run ${batch.id}`,
            ),
          )
          batch = await follow(batch, context.print)
          if (batch.state === 'awaiting-acceptance') {
            if (!options.review && mayGoOn(batch))
              batch = await follow(
                await call(acceptBatch, { params: { batchId: batch.id }, body: {} }),
                context.print,
              )
          }
          reportBatch(batch, context)
        } catch (error) {
          if (error instanceof NoAnswer || isNoAnswer(error))
            return context.fail(
              context.say(
                `没有连上 ${options.url}。请确认平台已启动，或用 --url 给出地址。`,
                `No answer from ${options.url}. See that the platform runs, or give its address with --url.`,
              ),
            )
          if (!(error instanceof ProblemError)) throw error
          const { problem } = error
          context.fail(
            [
              problem.title,
              problem.detail,
              problem.remedy && context.say(problem.remedy.zh, problem.remedy.en),
            ]
              .filter(Boolean)
              .join('\n'),
          )
        }

        async function follow(batch: Batch, print: (line: string) => void): Promise<Batch> {
          let current = batch
          let shown = ''
          while (!finished.has(current.state) && current.state !== 'awaiting-acceptance') {
            await new Promise((resolve) => setTimeout(resolve, pollMs))
            current = await call(getBatch, { params: { batchId: batch.id } })
            const { progress } = current
            const line = progress
              ? `${context.say(progress.stageText.zh, progress.stageText.en)} ${Math.floor(progress.fraction * 100)} %`
              : ''
            if (line !== shown && line !== '') print(line)
            shown = line
          }
          return current
        }
      },
    )
}

/** The schema in a file, or the place of what is wrong with it. It is looked at before anything is sent. */
async function schemaIn(path: string): Promise<Descriptor | string> {
  const written = await readFile(path, 'utf8').catch(() => null)
  if (written === null) return path
  try {
    const parsed = descriptorSchema.safeParse(JSON.parse(written.replace(/^\ufeff/, '')))
    return parsed.success ? parsed.data : parsed.error.issues[0]!.path.join('.') || 'fields'
  } catch (error) {
    if (error instanceof SyntaxError) return 'JSON'
    throw error
  }
}

/** What `fetch` throws where nobody listens or the line breaks. */
const isNoAnswer = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined
