import type { CommandModule } from './command.types.ts'

/** `tiaoli serve`: the whole platform in this process, told by environment variables. */
export const serveCommands: CommandModule = (program, context) => {
  program
    .command('serve')
    .description(context.say('启动平台', 'Start the platform'))
    .action(async () => {
      // Loaded only here: the other commands have nothing to do with the server.
      const { readConfig } = await import('@tiaoli/server/config')
      const { fillDemoCity, isEmpty } = await import('@tiaoli/server/demo/index')
      const { serve } = await import('@tiaoli/server/serve')
      const { adjustableClock } = await import('@tiaoli/kernel/instants')
      const told = readConfig(process.env)
      // The demo city has a past: its clock is set back while it is filled.
      const clock = adjustableClock(told.clock)
      const config = { ...told, clock }
      let filled: Awaited<ReturnType<typeof fillDemoCity>> | undefined
      const house = await serve(config, async (opened) => {
        if (!config.demo || !(await isEmpty(opened))) return
        context.print(context.say('正在生成示例城市…', 'Filling the demo city …'))
        filled = await fillDemoCity(opened, { clock, password: config.demoPassword })
      })
      context.print(
        context.say(
          `条理已启动（${house.rulebook.regulation.zh}）：${house.address}`,
          `Tiaoli is running (${house.rulebook.regulation.en}): ${house.address}`,
        ),
      )
      if (filled !== undefined) {
        const { accounts, password } = filled
        context.print(
          context.say(
            `示例账号，密码 ${password}（只显示这一次；遗失的，停止平台、删除数据文件夹后重新启动，或者启动前以 TIAOLI_DEMO_PASSWORD 指定）：`,
            `Demo accounts, password ${password} (shown this once; where it is lost, stop, delete the data folder and start anew, or name one by TIAOLI_DEMO_PASSWORD before the first start):`,
          ),
        )
        for (const { username, role } of accounts)
          context.print(`  ${username.padEnd(10)} ${context.say(role.zh, role.en)}`)
      }
      const stop = () => {
        void house.close().then(() => process.exit(0))
      }
      process.once('SIGINT', stop)
      process.once('SIGTERM', stop)
    })
}
