import { parentPort, workerData } from 'node:worker_threads'
import type { PaperDocument } from './document.types.ts'
import { draw, TooManyPages } from './draw.ts'

/** What the thread answers: the file, or why there is none. */
export type Drawn =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly fault: 'too-many-pages' | 'failed'; readonly cause?: unknown }

const { mostPages } = workerData as { readonly mostPages: number }

async function answerTo(document: PaperDocument): Promise<Drawn> {
  try {
    return { bytes: new Uint8Array(await draw(document, mostPages)) }
  } catch (cause) {
    return cause instanceof TooManyPages ? { fault: 'too-many-pages' } : { fault: 'failed', cause }
  }
}

parentPort!.on('message', async (document: PaperDocument) => {
  const drawn = await answerTo(document)
  parentPort!.postMessage(drawn, 'bytes' in drawn ? [drawn.bytes.buffer] : [])
})
