import { createReadStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { BatchMode } from '@tiaoli/contract/aggregation'
import { ProblemError, urlOf } from '@tiaoli/contract/client'
import type { Problem } from '@tiaoli/contract/problems'
import { createUpload } from '@tiaoli/contract/uploads'
import { DetailedError, type PreviousUpload, Upload, type UrlStorage } from 'tus-js-client'

/** Nobody listens at the address, or the line stays broken. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

const retryAfterMs = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000]

/**
 * Sends a file in parts (tus) and gives the id of the upload. A broken line is taken up where it broke; the command
 * given again for the same file goes on where it stopped.
 *
 * @throws ProblemError what the platform refuses; NoAnswer
 */
export async function sendInParts(
  file: string,
  to: { readonly url: string; readonly entryId: string; readonly key: string; readonly mode: BatchMode },
): Promise<string> {
  const sending = Promise.withResolvers<string>()
  const upload = new Upload(createReadStream(file), {
    endpoint: `${to.url.replace(/\/$/, '')}${urlOf(createUpload, { entryId: to.entryId }, { mode: to.mode })}`,
    headers: { authorization: `Bearer ${to.key}` },
    metadata: { filename: basename(file) },
    retryDelays: retryAfterMs,
    urlStorage: rememberedIn(join(process.env.TIAOLI_STATE ?? join(homedir(), '.tiaoli'), 'uploads.json')),
    removeFingerprintOnSuccess: true,
    onError: (error) => sending.reject(failureOf(error)),
    onSuccess: () => sending.resolve(upload.url!.split('/').at(-1)!),
  })
  const [earlier] = await upload.findPreviousUploads()
  if (earlier !== undefined) upload.resumeFromPreviousUpload(earlier)
  upload.start()
  return sending.promise
}

function failureOf(error: Error | DetailedError): Error {
  const answer = error instanceof DetailedError ? error.originalResponse : null
  if (answer?.getHeader('content-type')?.startsWith('application/problem+json'))
    return new ProblemError(JSON.parse(answer.getBody()) as Problem)
  return new NoAnswer(error.message, { cause: error })
}

/** Keeps in a file which uploads were begun, so that another run of the command finds them. */
function rememberedIn(path: string): UrlStorage {
  const read = async (): Promise<Record<string, PreviousUpload>> => {
    const text = await readFile(path, 'utf8').catch(() => null)
    return text === null ? {} : (JSON.parse(text) as Record<string, PreviousUpload>)
  }
  const change = async (key: string, upload: PreviousUpload | undefined): Promise<void> => {
    const { [key]: _gone, ...others } = await read()
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, JSON.stringify(upload === undefined ? others : { ...others, [key]: upload }))
  }
  const findAllUploads = async () => Object.values(await read())
  return {
    findAllUploads,
    findUploadsByFingerprint: async (fingerprint) =>
      Object.entries(await read())
        .filter(([key]) => key.startsWith(`${fingerprint}::`))
        .map(([, upload]) => upload),
    removeUpload: (key) => change(key, undefined),
    addUpload: async (fingerprint, upload) => {
      const key = `${fingerprint}::${Date.now()}`
      await change(key, { ...upload, urlStorageKey: key })
      return key
    },
  }
}
