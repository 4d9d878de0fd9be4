import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { CommandContext, CommandModule } from '../command.types.ts'
import {
  contentsOf,
  type Finding,
  reasons,
  verifyConsistency,
  verifyIndex,
  verifyLog,
  verifyReceipt,
} from './index.ts'

export const verifyCommands: CommandModule = (program, context) => {
  const { say } = context
  const verify = program
    .command('verify')
    .description(say('用公开文件核验留痕日志', 'check the ledger by its public files'))

  withWitnesses(withKey(verify.command('receipt <file>'), context), context)
    .description(say('核验一份回执', 'check a receipt'))
    .option(
      '--url <base>',
      say('同时核对线上日志未改写历史', 'also check that the live log still holds its history'),
    )
    .action(async (file: string, options: Options & { url?: string }) => {
      const keys = await readKeys(options, context)
      if (keys === undefined) return
      const { key, witnesses } = keys
      // A receipt is given before witnesses have answered: with an address, they have to have cosigned what followed.
      const demanded = options.url === undefined ? witnesses : []
      const found = await verifyReceipt(parseJson(await readFile(file, 'utf8')), key, demanded)
      report(found, context, (proved) => [
        say(
          `回执有效：${proved.origin} 第 ${proved.index} 条`,
          `The receipt holds: ${proved.origin}, entry ${proved.index}`,
        ),
        proved.record === null
          ? say('内容已依法删除，仅证明其位置', 'Its content was erased; its place is proved')
          : JSON.stringify(proved.record, null, 2),
      ])
      if (found.ok && options.url !== undefined)
        reportConsistency(await verifyConsistency(found.checkpoint, options.url, key, witnesses), context)
    })

  withWitnesses(withKey(verify.command('log <url-or-folder>'), context), context)
    .description(say('由全部条目重新推导整部日志', 'derive the whole log again from its entries'))
    .option(
      '--contents <url>',
      say(
        '并逐条核对该平台数据库中的留痕（接口密钥取自环境变量 TIAOLI_KEY）',
        'hold every record in the database of this platform against its entry (API key from TIAOLI_KEY)',
      ),
    )
    .action(async (source: string, options: Options & { contents?: string }) => {
      const keys = await readKeys(options, context)
      if (keys === undefined) return
      const contents =
        options.contents === undefined
          ? undefined
          : contentsOf(options.contents, process.env.TIAOLI_KEY ?? '')
      const found = await verifyLog(source, keys.key, keys.witnesses, contents)
      report(found, context, ({ origin, size, root, witnessed, contents: records }) => [
        say(
          `日志完整：${origin}，共 ${size} 条，根 ${root}`,
          `The log holds: ${origin}, ${size} entries, root ${root}`,
        ),
        ...(witnessed === null
          ? []
          : [say(`其中前 ${witnessed} 条已经见证`, `Witnessed: the first ${witnessed} of them`)]),
        ...(records === null
          ? []
          : [
              say(
                `数据库中的留痕与条目逐条相符：${records.held} 条，其中已依法删除内容 ${records.erased} 条`,
                `Every record in the database is that of its entry: ${records.held}, of which ${records.erased} had their content erased`,
              ),
            ]),
      ])
    })

  withWitnesses(
    withKey(verify.command('consistency <old-checkpoint-file> <url-or-folder>'), context),
    context,
  )
    .description(
      say('核验日志自旧检查点以来未改写历史', 'check that history was not rewritten since an old checkpoint'),
    )
    .action(async (file: string, source: string, options: Options) => {
      const keys = await readKeys(options, context)
      if (keys === undefined) return
      const old = await readFile(file, 'utf8')
      reportConsistency(await verifyConsistency(old, source, keys.key, keys.witnesses), context)
    })

  withKey(verify.command('index <url-or-folder>'), context)
    .description(
      say(
        '核验每日索引及其所列各部日志（--key 为索引公钥）',
        'check the daily indexes and the logs that they list (--key is that of the index)',
      ),
    )
    .option(
      '--since <file>',
      say('此前留存的索引，须仍在链条之中', 'an index kept earlier, which has to be in the chain still'),
    )
    .option('--full', say('并逐部重新推导日志', 'derive every log again, too'))
    .action(async (source: string, options: Options & { since?: string; full?: boolean }) => {
      const keys = await readKeys(options, context)
      if (keys === undefined) return
      const found = await verifyIndex(source, keys.key, {
        ...(options.since === undefined ? {} : { since: await readFile(options.since, 'utf8') }),
        full: options.full === true,
      })
      report(found, context, ({ indexes, on, logs, unread }) => [
        say(
          `索引完整：共 ${indexes} 期，最近一期 ${on}`,
          `The indexes hold: ${indexes}, the newest of ${on}`,
        ),
        ...logs.map(({ origin, size }) =>
          say(`${origin}：${size} 条，历史未被改写`, `${origin}: ${size} entries, history holds`),
        ),
        ...unread.map((path) =>
          say(
            `${path}：最近一期未能读取该日志，不为其作证`,
            `${path}: the newest index could not read this log and vouches for nothing of it`,
          ),
        ),
      ])
    })
}

type Options = { readonly key: string; readonly witness?: readonly string[] }

const withKey = (command: Command, { say }: CommandContext): Command =>
  command.requiredOption(
    '--key <vkey-or-file>',
    say('日志公钥或存有公钥的文件', 'the log’s verifier key, or a file that holds it'),
  )

const withWitnesses = (command: Command, { say }: CommandContext): Command =>
  command.option(
    '--witness <vkey-or-file...>',
    say('须有其见证签名的见证方公钥', 'keys of witnesses that have to have cosigned'),
  )

async function readKeys(
  { key: given, witness = [] }: Options,
  context: CommandContext,
): Promise<{ key: string; witnesses: string[] } | undefined> {
  const [key, ...witnesses] = await Promise.all([given, ...witness].map((each) => readKey(each, context)))
  if (key === undefined || witnesses.includes(undefined)) return undefined
  // The key of an index may come with its SM2 companion on a second line: the first is the one it is known by.
  return { key: key.trim().split('\n')[0]!, witnesses: witnesses as string[] }
}

/** A key itself holds two plus signs; what has none is the name of a file. */
async function readKey(given: string, { say, fail }: CommandContext): Promise<string | undefined> {
  if (existsSync(given)) return readFile(given, 'utf8')
  if (given.includes('+')) return given
  fail(
    say(
      `没有公钥文件：${given}。公钥公布在平台的 /ledger/key。`,
      `There is no key file ${given}. The platform publishes its key at /ledger/key.`,
    ),
  )
  return undefined
}

/** Text that is not JSON is a malformed receipt like any other. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reportConsistency(
  found: Awaited<ReturnType<typeof verifyConsistency>>,
  context: CommandContext,
): void {
  report(found, context, ({ oldSize, newSize }) => [
    context.say(
      `历史未被改写：前 ${oldSize} 条仍在现有 ${newSize} 条之首`,
      `History holds: the first ${oldSize} entries still begin the present ${newSize}`,
    ),
  ])
}

function report<T>(
  found: Finding<T>,
  { say, print, fail }: CommandContext,
  lines: (proved: { readonly ok: true } & T) => readonly string[],
): void {
  if (found.ok) print(`✓ ${lines(found).join('\n  ')}`)
  else {
    const [zh, en] = reasons[found.reason]
    fail(`✗ ${say(`核验不通过：${zh}`, `Rejected: ${en}`)} [${found.reason}] ${found.detail}`)
  }
}
