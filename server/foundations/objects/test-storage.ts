import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@tiaoli/kernel/ids'
import S3rver from 's3rver'
import { openS3, type Patience } from './s3-objects.ts'

/** What goes wrong between a node and the storage. */
export type Fault =
  /** Nobody answers: the line is closed. */
  | 'away'
  /** The answer never begins. */
  | 'slow'
  /** The line breaks after half of an answer. */
  | 'cut'
  /** Half of an answer passes for the whole. */
  | 'short'
  /** One byte of an answer is another. */
  | 'changed'
  | 500
  | 403

/** A real S3-compatible server on loopback, and a line to it on which a test can let things go wrong. */
export type TestStorage = {
  /** Variables that tell an installation of it. */
  readonly environment: Readonly<Record<string, string>>
  readonly settings: Parameters<typeof openS3>[0]
  /** Requests since it was last asked, such as `GET files/…`. */
  requests(): string[]
  /** Until it is called again: requests of which this gives a fault have it. */
  fail(which: ((request: string) => Fault | undefined) | undefined): void
  stop(): Promise<void>
}

/** Asks again once, and at once. */
export const impatient: Patience = { answer: 30_000, sent: 60_000, bytes: 30_000, pauses: [1] }

const bucket = 'city'
/** Keys that the server knows; they open nothing else. */
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }

/** Another server, with a bucket of that name and for these keys, where one is named: `http://127.0.0.1:7070`. */
export const namedServer = process.env.TEST_STORAGE_ENDPOINT

async function startServer(): Promise<{ port: number; stop(): Promise<void> }> {
  if (namedServer !== undefined)
    return { port: Number(new URL(namedServer).port), stop: async () => undefined }
  const directory = await mkdtemp(join(tmpdir(), 'tiaoli-s3-'))
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  })
  const { port } = await server.run()
  return {
    port,
    stop: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export async function startStorage(): Promise<TestStorage> {
  const prefix = `test-${newId()}`
  const { port, stop } = await startServer()
  let seen: string[] = []
  let faultOf: ((request: string) => Fault | undefined) | undefined
  const line = createServer((incoming, outgoing) => {
    const path = decodeURIComponent(incoming.url!.replace(`/${bucket}/`, '').replace(`${prefix}/`, ''))
    const name = `${incoming.method} ${path}`
    seen.push(name)
    pass(incoming, outgoing, port, faultOf?.(name))
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(line.address() as AddressInfo).port}`
  return {
    environment: {
      TIAOLI_STORAGE: `s3://${bucket}/${prefix}?endpoint=${endpoint}&region=us-east-1`,
      TIAOLI_STORAGE_KEY_ID: keys.accessKeyId,
      TIAOLI_STORAGE_KEY: keys.secretAccessKey,
    },
    settings: { endpoint, bucket, prefix: `${prefix}/`, region: 'us-east-1', ...keys },
    requests: () => {
      const asked = seen
      seen = []
      return asked
    },
    fail: (which) => {
      faultOf = which
    },
    async stop() {
      line.closeAllConnections()
      await new Promise((resolve) => line.close(resolve))
      await stop()
    },
  }
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  fault: Fault | undefined,
): void {
  if (fault === 'away') return void incoming.socket.destroy()
  if (fault === 'slow') return void incoming.resume()
  if (typeof fault === 'number') {
    incoming.resume()
    return void incoming.on('end', () => outgoing.writeHead(fault).end('<Error><Code>Test</Code></Error>'))
  }
  const { method, url: path, headers } = incoming
  const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    if (fault === undefined) {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      return void answer.pipe(outgoing)
    }
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => {
      const whole = Buffer.concat(chunks)
      const half = whole.subarray(0, Math.ceil(whole.length / 2))
      if (fault === 'changed') whole[0] = whole[0]! ^ 1
      const body = fault === 'short' ? half : whole
      outgoing.writeHead(answer.statusCode!, { ...answer.headers, 'content-length': body.length })
      if (fault !== 'cut') return void outgoing.end(body)
      outgoing.write(half, () => outgoing.destroy())
    })
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}

/** The storage as the platform opens it, with little patience. */
export const openTestStorage = (storage: TestStorage) => openS3(storage.settings, impatient)
