import { Worker } from 'node:worker_threads'
import { text } from '@tiaoli/kernel/text'
import { Problem } from '../problems/index.ts'
import type { PaperDocument } from './document.types.ts'
import type { Drawn } from './draw.worker.ts'

/** Half a minute of the thread at most. */
export const mostPages = 100

/** One thread for the process: drawing is for people, and must leave processors to the data. */
let thread: Worker | undefined
/** Ends when all that was asked for before is drawn. */
let queue: Promise<unknown> = Promise.resolve()
const drawingFor = new Set<string>()

function opened(): Worker {
  const worker = new Worker(new URL('./draw.worker.ts', import.meta.url), { workerData: { mostPages } })
  // It lives as long as the process and keeps it from nothing.
  worker.unref()
  worker.once('exit', () => {
    if (thread === worker) thread = undefined
  })
  return worker
}

function drawnByThread(document: PaperDocument): Promise<Drawn> {
  thread ??= opened()
  const worker = thread
  return new Promise((resolve, reject) => {
    const ended = (code: number): void => fail(new Error(`the drawing thread ended with ${code}`))
    const settle = (): void => {
      worker.off('message', done).off('error', fail).off('exit', ended)
    }
    const done = (drawn: Drawn): void => {
      settle()
      resolve(drawn)
    }
    function fail(cause: unknown): void {
      settle()
      // A thread that has failed draws nothing more; the next document has a new one.
      if (thread === worker) thread = undefined
      reject(cause)
    }
    worker.on('message', done).on('error', fail).on('exit', ended)
    worker.postMessage(document)
  })
}

/**
 * The document as a PDF, drawn beside the work of the server. `userId`: who asked for it; each has one drawn at a time.
 *
 * @throws Problem `too-many-requests` while another is drawn for the same user, `too-large` beyond `mostPages`
 */
export async function pdfOf(document: PaperDocument, userId: string): Promise<Buffer> {
  if (drawingFor.has(userId)) throw busy()
  drawingFor.add(userId)
  try {
    const drawing = queue.then(() => drawnByThread(document))
    queue = drawing.catch(() => {})
    const drawn = await drawing
    if ('bytes' in drawn) return Buffer.from(drawn.bytes.buffer)
    if (drawn.fault === 'too-many-pages') throw tooManyPages()
    throw drawn.cause
  } finally {
    drawingFor.delete(userId)
  }
}

const busy = (): Problem =>
  new Problem('too-many-requests', {
    condition: text('正在为您生成另一份文件', 'Another file is being made for you'),
    remedy: text('请等待生成完毕后再试。', 'Try again when it is done.'),
    retryAfterSeconds: 5,
  })

const tooManyPages = (): Problem =>
  new Problem('too-large', {
    condition: text(`文件超过 ${mostPages} 页，不予生成`, `The file would have more than ${mostPages} pages`),
    remedy: text('请在页面上查阅。', 'Read it on its page.'),
  })
