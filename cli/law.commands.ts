import { resolve } from 'node:path'
import type { Amendment } from '@tiaoli/server/foundations/amendments/index'
import type { Rulebook } from '@tiaoli/server/foundations/rulebook/index'
import type { CommandContext, CommandModule } from './command.types.ts'

type Where = { data?: string }

/** `tiaoli law`: what a new version of the rulebook amends, and the officer's word for it. */
export const lawCommands: CommandModule = (program, context) => {
  const { say, print, fail } = context
  const law = program.command('law').description(say('条例规则的修改与确认', 'Amendments of the rulebook'))
  const data = [
    '--data <folder>',
    say('数据目录（或环境变量 TIAOLI_DATA）', 'Data folder (or TIAOLI_DATA)'),
  ] as const

  law
    .command('pending')
    .description(say('列出尚未确认的修改', 'List what nobody has acknowledged yet'))
    .option(...data)
    .action(async ({ data: folder }: Where) => {
      const { findPending } = await import('@tiaoli/server/acknowledge')
      const { config, rulebook } = await installation(folder)
      const amendment = await findPending(config, rulebook)
      if (amendment === undefined) print(say('没有待确认的修改', 'Nothing waits to be acknowledged'))
      else describe(context, rulebook, amendment)
    })

  law
    .command('acknowledge')
    .description(say('由数据主管部门工作人员确认修改', 'An officer of the data authority acknowledges them'))
    .option(...data)
    .requiredOption('--by <officer>', say('工作人员的用户名', 'User name of the officer'))
    .requiredOption('--note <note>', say('说明，如所依据的修改决定', 'Note, such as the amending decision'))
    .action(async ({ data: folder, by, note }: Where & { by: string; note: string }) => {
      if (note.trim().length < 4 || note.length > 500)
        return fail(say('说明须为 4 至 500 字', 'The note has 4 to 500 characters'))
      const { acknowledgeFor } = await import('@tiaoli/server/acknowledge')
      const { NoSuchOfficerError } = await import('@tiaoli/server/foundations/amendments/index')
      const { config, rulebook } = await installation(folder)
      try {
        const amendment = await acknowledgeFor(config, rulebook, { username: by, note: note.trim() })
        if (amendment === undefined) return print(say('没有待确认的修改', 'Nothing waits to be acknowledged'))
        describe(context, rulebook, amendment)
        print(say(`${by} 已确认，可以启动。`, `Acknowledged by ${by}; the platform can start.`))
      } catch (error) {
        if (!(error instanceof NoSuchOfficerError)) throw error
        fail(
          say(
            `${by} 不是本平台数据主管部门的工作人员`,
            `${by} is no officer of a data authority of this installation`,
          ),
        )
      }
    })
}

/** The installation as its environment tells it, with another data folder where one is named. */
async function installation(folder: string | undefined) {
  const { readConfig } = await import('@tiaoli/server/config')
  // Not by way of the server: the whole house would be loaded to read one folder.
  const { rulebookOf } = await import('@tiaoli/server/rulebook-of')
  const config = readConfig({ ...process.env, ...(folder ? { TIAOLI_DATA: resolve(folder) } : {}) })
  return { config, rulebook: await rulebookOf(config.city) }
}

function describe(
  { say, print }: CommandContext,
  rulebook: Rulebook,
  { from, to, amended }: Amendment,
): void {
  print(`${from.rulebookId} ${from.version} → ${to.rulebookId} ${to.version}`)
  for (const number of amended) {
    const title = rulebook.articles.find((article) => article.number === number)?.title
    print(
      say(
        `  第 ${number} 条 ${title?.zh ?? '（已删除）'}`,
        `  article ${number}: ${title?.en ?? '(no longer there)'}`,
      ),
    )
  }
}
