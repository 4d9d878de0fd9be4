import type { Command } from 'commander'

/** What a command is given: the language of its user, and where its words go. */
export type CommandContext = {
  /** Picks the user's language. */
  say(zh: string, en: string): string
  print(line: string): void
  /** Prints to standard error and makes the exit status 1. */
  fail(line: string): void
}

/** Adds commands of one area to the program. */
export type CommandModule = (program: Command, context: CommandContext) => void
