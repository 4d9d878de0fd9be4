import { createClient, ProblemError } from '@tiaoli/contract/client'
import {
  createHarvestSource,
  getHarvestRun,
  type HarvestRun,
  type HarvestSource,
  harvestKinds,
  listHarvestSources,
  startHarvest,
} from '@tiaoli/contract/harvesting'
import { Argument } from 'commander'
import type { CommandContext, CommandModule } from './command.types.ts'
import { reportParity, reportRun } from './import.report.ts'

const pollMs = 500
const usualUrl = 'http://127.0.0.1:8080'

type Options = {
  readonly url: string
  readonly key?: string
  readonly name?: string
  readonly organisation?: string
  readonly dryRun?: boolean
}

/** `tiaoli import ckan <address>`: brings another catalogue in as drafts, and says how both compare. */
export const importCommands: CommandModule = (program, context) => {
  const { say } = context
  program
    .command('import')
    .addArgument(new Argument('<kind>', say('来源类型', 'Kind of the source')).choices(harvestKinds))
    .argument('<address>', say('来源地址', 'Address of the source'))
    .description(
      say(
        '把外部目录导入为草稿，并给出对账报告',
        'Bring another catalogue in as drafts, with a parity report',
      ),
    )
    .option('--url <url>', say('平台地址', 'Address of the platform'), process.env.TIAOLI_URL ?? usualUrl)
    .option('--key <key>', say('接口密钥（或环境变量 TIAOLI_KEY）', 'API key (or TIAOLI_KEY)'))
    .option('--name <name>', say('来源名称', 'Name of the source'))
    .option(
      '--organisation <id>',
      say('条目归属的单位（管理员须指明）', 'Whose entries they become (administrators name it)'),
    )
    .option('--dry-run', say('只试采集，不写入', 'Try only, write nothing'))
    .action(async (kind: HarvestSource['kind'], address: string, options: Options) => {
      const key = options.key ?? process.env.TIAOLI_KEY
      if (key === undefined)
        return context.fail(
          say('请用 --key 或 TIAOLI_KEY 给出接口密钥', 'Give an API key with --key or TIAOLI_KEY'),
        )
      try {
        await bringIn(context, kind, address, { ...options, key })
      } catch (error) {
        context.fail(wordsOf(error, options.url, context))
      }
    })
}

async function bringIn(
  context: CommandContext,
  kind: HarvestSource['kind'],
  url: string,
  options: Options & { readonly key: string },
): Promise<void> {
  const { say, print, fail } = context
  const call = createClient({
    baseUrl: options.url.replace(/\/$/, ''),
    headers: () => ({ authorization: `Bearer ${options.key}`, 'accept-language': say('zh', 'en') }),
  })
  const source = (await registered()) ?? (await register())
  print(say(`来源 ${source.name}（${source.id}）`, `Source ${source.name} (${source.id})`))
  const tried = await run('try')
  reportRun(tried, context)
  if (tried.state === 'done' && options.dryRun !== true) {
    const done = await run('real')
    reportRun(done, context)
    return settle(done)
  }
  settle(tried)

  function settle(last: HarvestRun): void {
    reportParity(last, context)
    if (last.state !== 'done') fail(say('没有写入任何内容。', 'Nothing was written.'))
  }

  async function registered(): Promise<HarvestSource | undefined> {
    for (let cursor: string | undefined; ; ) {
      const page = await call(listHarvestSources, { query: { limit: 200, cursor } })
      const found = page.items.find(
        (each) =>
          each.kind === kind &&
          each.url === url &&
          (options.organisation === undefined || each.organisation.id === options.organisation),
      )
      if (found !== undefined || page.nextCursor === null) return found
      cursor = page.nextCursor
    }
  }

  function register(): Promise<HarvestSource> {
    const name = options.name ?? (URL.canParse(url) ? new URL(url).host : url)
    const organisationId = options.organisation
    return call(createHarvestSource, { body: { name, kind, url, everyHours: null, organisationId } })
  }

  async function run(mode: HarvestRun['mode']): Promise<HarvestRun> {
    let current = await call(startHarvest, { params: { sourceId: source.id }, body: { mode } })
    const params = { sourceId: source.id, runId: current.id }
    while (current.endedAt === null) {
      await new Promise((resolve) => setTimeout(resolve, pollMs))
      current = await call(getHarvestRun, { params })
    }
    return current
  }
}

function wordsOf(error: unknown, url: string, { say }: CommandContext): string {
  // What `fetch` throws where nobody listens or the line breaks.
  if (error instanceof TypeError && error.cause !== undefined)
    return say(
      `没有连上 ${url}。请确认平台已启动，或用 --url 给出地址。`,
      `No answer from ${url}. See that the platform runs, or give its address with --url.`,
    )
  if (!(error instanceof ProblemError)) throw error
  const { title, detail, remedy } = error.problem
  return [title, detail, remedy && say(remedy.zh, remedy.en)].filter(Boolean).join('\n')
}
