import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { S3mini, S3ServiceError } from 's3mini'
import { ObjectError } from './objects.errors.ts'
import type { ListedObject, ObjectRange, ObjectStore } from './objects.types.ts'

/** Where the objects lie (path style: the bucket is the first part of the path), and the key to them. */
export type S3Settings = {
  /** Such as `https://s3.example.gov.cn`; with a path where the service has one. */
  readonly endpoint: string
  readonly bucket: string
  /** Before every key; empty, or ending with `/`. */
  readonly prefix: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** How long the storage is waited for, and how often it is asked again. Milliseconds. */
export type Patience = {
  /** For the beginning of an answer to a question, and to what is sent. */
  readonly answer: number
  readonly sent: number
  /** For the next bytes of an answer. */
  readonly bytes: number
  /** Before the second attempt, the third, …: one that fails after them fails. */
  readonly pauses: readonly number[]
}

const usual: Patience = { answer: 15_000, sent: 120_000, bytes: 30_000, pauses: [200, 1_000] }

/** Larger files go in parts of this size; a storage takes 10,000 of them, so 160 GB a file. */
const partBytes = 16 * 2 ** 20

/** A bucket of an S3-compatible service. What it says no to, and when it is away, is an `ObjectError`. */
export function openS3(settings: S3Settings, patience: Patience = usual): ObjectStore {
  const { bucket, prefix, region, accessKeyId, secretAccessKey } = settings
  const s3 = new S3mini({
    endpoint: `${settings.endpoint.replace(/\/+$/, '')}/${bucket}`,
    region,
    accessKeyId,
    secretAccessKey,
    minPartSize: partBytes,
    fetch: (input, init) => answered(input, init, init?.body ? patience.sent : patience.answer),
  })
  const at = (key: string): string => `${prefix}${key}`

  /** What stays away is asked again; what was refused would be refused again. */
  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    for (const wait of patience.pauses) {
      try {
        return await work()
      } catch (error) {
        if (faultOf(error).code !== 'storage-away') throw faultOf(error)
        await pause(wait)
      }
    }
    return work().catch((error: unknown) => {
      throw faultOf(error)
    })
  }

  /** The answer to a question for an object; null where there is none. */
  async function get(key: string, range?: ObjectRange): Promise<Response | null> {
    const asked =
      range === undefined
        ? s3.getObjectRaw(at(key))
        : s3.getObjectRaw(at(key), false, range.first, range.last + 1)
    return asked.catch((error: unknown) => {
      if (error instanceof S3ServiceError && error.status === 404 && error.serviceCode !== 'NoSuchBucket')
        return null
      throw error
    })
  }

  return {
    write: (key, bytes) => attempt(async () => void (await s3.putObject(at(key), bytes))),

    writeFile: (key, path) =>
      attempt(async () => {
        const file = await openAsBlob(path)
        await s3.putAnyObject(at(key), file)
        // A service may answer that a file of many parts is complete, and then say in the answer that it is not.
        if (file.size > partBytes && (await s3.getContentLength(at(key))) !== file.size)
          throw new ObjectError('storage-away')
      }),

    read: (key) =>
      attempt(async () => {
        const answer = await get(key)
        if (answer === null) return null
        const chunks: Uint8Array[] = []
        for await (const chunk of bytesOf(answer, patience.bytes)) chunks.push(chunk)
        return Buffer.concat(chunks)
      }),

    stream: (key, range) =>
      attempt(async () => {
        const answer = await get(key, range)
        return answer && Readable.from(bytesOf(answer, patience.bytes), { objectMode: false })
      }),

    list: (under) =>
      attempt(async (): Promise<ListedObject[]> => {
        const found = await s3.listObjects('/', at(under))
        if (found === null) throw new ObjectError('storage-refuses')
        return found.map(({ Key, Size, LastModified }) => ({
          key: Key.slice(prefix.length),
          sizeBytes: Number(Size),
          writtenAt: new Date(LastModified),
        }))
      }),

    remove: (keys) =>
      attempt(async () => {
        if (keys.length === 0) return
        const gone = await s3.deleteObjects(keys.map(at))
        if (gone.includes(false)) throw new ObjectError('storage-away')
      }),
  }
}

/** A question whose answer begins in time; how long the rest of it takes is looked at as it comes. */
async function answered(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  milliseconds: number,
): Promise<Response> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(new Error('no answer in time')), milliseconds)
  try {
    return await fetch(input, { ...init, signal: patience.signal })
  } finally {
    clearTimeout(timer)
  }
}

/** The bytes of an answer, as many as it announced; throws `storage-away` where they stop coming. */
async function* bytesOf(answer: Response, milliseconds: number): AsyncGenerator<Uint8Array> {
  const announced = answer.headers.get('content-length')
  const reader = answer.body?.getReader()
  let come = 0
  try {
    for (;;) {
      const next = reader && (await inTime(reader.read(), milliseconds))
      if (next === undefined || next.done) break
      come += next.value.length
      yield next.value
    }
  } catch (error) {
    throw faultOf(error)
  } finally {
    // Where it is over already, or broken, there is nothing to call off.
    await reader?.cancel().catch(() => undefined)
  }
  if (announced !== null && Number(announced) !== come) throw new ObjectError('storage-away')
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const over = new AbortController()
  const late = pause(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new ObjectError('storage-away')
  })
  try {
    return await Promise.race([work, late])
  } finally {
    late.catch(() => undefined)
    over.abort()
  }
}

/** The library hides what the service said behind errors of its own at times. */
function faultOf(error: unknown): ObjectError {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof ObjectError) return each
    if (each instanceof S3ServiceError)
      return new ObjectError(
        [400, 401, 403, 404].includes(each.status) ? 'storage-refuses' : 'storage-away',
        error,
      )
  }
  return new ObjectError('storage-away', error)
}
