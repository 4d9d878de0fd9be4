import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { LakeError, throwIfCancelled } from './lake.errors.ts'
import { untrustedLimits } from './lake.limits.ts'
import type { UntrustedAnswer, UntrustedInput, UntrustedPiece } from './untrusted.types.ts'

/**
 * Lets a library that needs the whole of a file in memory read it in a thread of its own, within bounds of size,
 * memory and time: whatever the file does to it, the server goes on.
 *
 * @throws LakeError `too-complex` beyond a bound, else what is wrong with the file
 */
export async function* readUntrusted(
  input: UntrustedInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<UntrustedPiece> {
  if ((await stat(input.path)).size > untrustedLimits.bytes) throw new LakeError('too-complex')
  const worker = new Worker(new URL('./untrusted.worker.ts', import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: untrustedLimits.memoryMb },
  })
  const ended = ending(worker)
  try {
    for (;;) {
      throwIfCancelled(signal)
      worker.postMessage('next')
      const answer = await Promise.race([answerOf(worker), ended])
      if ('end' in answer) return
      if ('fault' in answer)
        throw new LakeError(
          answer.fault,
          answer.cause === undefined ? {} : { cause: new Error(answer.cause) },
        )
      yield answer.piece
    }
  } finally {
    await worker.terminate()
  }
}

async function answerOf(worker: Worker): Promise<UntrustedAnswer> {
  const [answer] = (await once(worker, 'message', {
    signal: AbortSignal.timeout(untrustedLimits.milliseconds),
  }).catch((cause) => {
    throw new LakeError('too-complex', { cause })
  })) as [UntrustedAnswer]
  return answer
}

/** A thread that ends by itself has met the bound of its memory. */
async function ending(worker: Worker): Promise<never> {
  const cause = await new Promise<unknown>((resolve) => {
    worker.once('error', resolve)
    worker.once('exit', resolve)
  })
  throw new LakeError('too-complex', { cause })
}
