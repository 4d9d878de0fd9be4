#!/usr/bin/env node
import { Command } from 'commander'
import type { CommandContext } from './command.types.ts'
import { commandModules } from './commands.ts'

const english = /^en/i.test(process.env.LC_ALL || process.env.LANG || '')

const context: CommandContext = {
  say: (zh, en) => (english ? en : zh),
  print: (line) => console.log(line),
  fail: (line) => {
    console.error(line)
    process.exitCode = 1
  },
}

const program = new Command('tiaoli').description(
  context.say('条理：依条例运行城市公共数据', 'Tiaoli: a city’s public data, run as its regulation orders'),
)
for (const addTo of commandModules) addTo(program, context)

try {
  await program.parseAsync()
} catch (error) {
  context.fail(error instanceof Error ? error.message : String(error))
}
