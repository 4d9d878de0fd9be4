import type { CommandModule } from './command.types.ts'
import { importCommands } from './import.commands.ts'
import { ingestCommands } from './ingest.commands.ts'
import { lawCommands } from './law.commands.ts'
import { serveCommands } from './serve.commands.ts'
import { traceCommands } from './trace.commands.ts'
import { verifyCommands } from './verify/verify.commands.ts'

/** Every area of the command line. */
export const commandModules: readonly CommandModule[] = [
  serveCommands,
  ingestCommands,
  importCommands,
  verifyCommands,
  lawCommands,
  traceCommands,
]
