import { parentPort, workerData } from 'node:worker_threads'
import type { UntrustedAnswer, UntrustedInput, UntrustedPiece } from './untrusted.types.ts'
import { UntrustedFault } from './untrusted-fault.ts'

let pieces: Generator<UntrustedPiece> | undefined

/** Each library is loaded for its own files alone. */
async function open(input: UntrustedInput): Promise<Generator<UntrustedPiece>> {
  if (input.kind === 'workbook') return (await import('./read-old-workbook.ts')).readOldWorkbook(input)
  return (await import('./read-shapes.ts')).readShapes(input)
}

async function next(): Promise<UntrustedAnswer> {
  try {
    pieces ??= await open(workerData as UntrustedInput)
    const { value, done } = pieces.next()
    return done ? { end: true } : { piece: value }
  } catch (error) {
    return error instanceof UntrustedFault
      ? { fault: error.fault }
      : { fault: 'truncated', cause: String(error) }
  }
}

// One piece for each time it is asked: what is not yet wanted waits in the file, not in memory.
parentPort!.on('message', async () => parentPort!.postMessage(await next()))
