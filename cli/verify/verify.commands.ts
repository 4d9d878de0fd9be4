import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { CommandContext, CommandModule } from '../command.types.ts'
import { type Finding, reasons, verifyConsistency, verifyLog, verifyReceipt } from './index.ts'

export const verifyCommands: CommandModule = (program, context) => {
  const { say } = context
  const verify = program
    .command('verify')
    .description(say('用公开文件核验留痕日志', 'check the ledger by its public files'))

  withKey(verify.command('receipt <file>'), context)
    .description(say('核验一份回执', 'check a receipt'))
    .option(
      '--url <base>',
      say('同时核对线上日志未改写历史', 'also check that the live log still holds its history'),
    )
    .action(async (file: string, options: { key: string; url?: string }) => {
      const key = await readKey(options.key, context)
      if (key === undefined) return
      const found = await verifyReceipt(parseJson(await readFile(file, 'utf8')), key)
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
        reportConsistency(await verifyConsistency(found.checkpoint, options.url, key), context)
    })

  withKey(verify.command('log <url-or-folder>'), context)
    .description(say('由全部条目重新推导整部日志', 'derive the whole log again from its entries'))
    .action(async (source: string, options: { key: string }) => {
      const key = await readKey(options.key, context)
      if (key === undefined) return
      const found = await verifyLog(source, key)
      report(found, context, ({ origin, size, root }) => [
        say(
          `日志完整：${origin}，共 ${size} 条，根 ${root}`,
          `The log holds: ${origin}, ${size} entries, root ${root}`,
        ),
      ])
    })

  withKey(verify.command('consistency <old-checkpoint-file> <url-or-folder>'), context)
    .description(
      say('核验日志自旧检查点以来未改写历史', 'check that history was not rewritten since an old checkpoint'),
    )
    .action(async (file: string, source: string, options: { key: string }) => {
      const key = await readKey(options.key, context)
      if (key === undefined) return
      const old = await readFile(file, 'utf8')
      reportConsistency(await verifyConsistency(old, source, key), context)
    })
}

const withKey = (command: Command, { say }: CommandContext): Command =>
  command.requiredOption(
    '--key <vkey-or-file>',
    say('日志公钥或存有公钥的文件', 'the log’s verifier key, or a file that holds it'),
  )

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
