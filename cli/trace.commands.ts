import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { createClient, ProblemError } from '@tiaoli/contract/client'
import { traceFile } from '@tiaoli/contract/deliveries'
import type { CommandContext, CommandModule } from './command.types.ts'
import { reportTrace } from './trace.report.ts'

/** `tiaoli trace <file>`: asks the platform whose file it is. Exit status 1 where nobody is named. */
export const traceCommands: CommandModule = (program, context) => {
  const { say, fail } = context
  program
    .command('trace')
    .argument('<file>', say('可疑文件', 'The file in question'))
    .description(say('查明文件交付给了谁', 'Find to whom a file was handed over'))
    .option('--url <url>', say('平台地址', 'Address of the platform'), process.env.TIAOLI_URL ?? usualUrl)
    .option('--key <key>', say('接口密钥（或环境变量 TIAOLI_KEY）', 'API key (or TIAOLI_KEY)'))
    .action(async (file: string, options: { url: string; key?: string }) => {
      const key = options.key ?? process.env.TIAOLI_KEY
      if (key === undefined)
        return fail(say('请用 --key 或 TIAOLI_KEY 给出接口密钥', 'Give an API key with --key or TIAOLI_KEY'))
      if (!(await stat(file).catch(() => null))?.isFile())
        return fail(say(`没有这个文件：${file}`, `There is no such file: ${file}`))
      await trace(context, file, options.url.replace(/\/$/, ''), key)
    })
}

const usualUrl = 'http://127.0.0.1:8080'

async function trace(context: CommandContext, file: string, baseUrl: string, key: string): Promise<void> {
  const { say, fail } = context
  const call = createClient({
    baseUrl,
    headers: () => ({ authorization: `Bearer ${key}`, 'accept-language': say('zh', 'en') }),
  })
  try {
    const answer = await call(traceFile, {
      query: { filename: basename(file) },
      file: Readable.toWeb(createReadStream(file)) as ReadableStream,
    })
    reportTrace(answer, context)
  } catch (error) {
    // What `fetch` throws where nobody listens or the line breaks.
    if (error instanceof TypeError && error.cause !== undefined)
      return fail(
        say(
          `没有连上 ${baseUrl}。请确认平台已启动，或用 --url 给出地址。`,
          `No answer from ${baseUrl}. See that the platform runs, or give its address with --url.`,
        ),
      )
    if (!(error instanceof ProblemError)) throw error
    const { title, detail, remedy } = error.problem
    fail([title, detail, remedy && say(remedy.zh, remedy.en)].filter(Boolean).join('\n'))
  }
}
