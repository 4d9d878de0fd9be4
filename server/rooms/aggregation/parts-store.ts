import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { ERRORS, Server } from '@tus/server'
import type { ObjectStore } from '../../foundations/objects/index.ts'
import { ObjectParts } from './object-parts.ts'

/** What a request of the protocol says, as far as the protocol asks. */
export type PartRequest = {
  readonly method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE'
  readonly id: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body?: Readable
}

export type PartAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>> }

/** Headers of the protocol; nothing else of a request reaches the library. */
const headersOfProtocol = [
  'tus-resumable',
  'upload-length',
  'upload-offset',
  'upload-metadata',
  'content-type',
  'content-length',
] as const

/** Set by the platform alone: under which id an upload is begun. */
const idHeader = 'tiaoli-upload-id'

export type PartsStore = ReturnType<typeof createPartsStore>

/**
 * Keeps the parts of files by the tus protocol 1.0.0, in a folder or in object storage. What has arrived survives the
 * end of the process.
 */
export function createPartsStore(folder: string, largestBytes: number, objects?: ObjectStore) {
  const apart = objects && new ObjectParts(objects, folder)
  const server = new Server({
    path: '/api/v1/uploads',
    relativeLocation: true,
    maxSize: largestBytes,
    datastore: apart ?? new FileStore({ directory: folder }),
    namingFunction: (request) => request.headers.get(idHeader) ?? '',
  })

  return {
    /** Answers a request; the caller has looked at who asks. */
    async answer({ method, id, headers, body }: PartRequest): Promise<PartAnswer> {
      const told = new Headers()
      for (const name of headersOfProtocol) {
        const value = headers[name]
        if (typeof value === 'string') told.set(name, value)
      }
      if (method === 'POST') {
        told.set(idHeader, id)
        // Bytes come by the requests that follow.
        told.delete('content-type')
      }
      const path = method === 'POST' ? '/api/v1/uploads' : `/api/v1/uploads/${id}`
      const answer = await server.handleWeb(
        new Request(`http://platform.invalid${path}`, {
          method,
          headers: told,
          ...(body === undefined ? {} : { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' }),
        }),
      )
      // Of bytes that could not be kept the library tells by these words alone; who broke the line hears no answer.
      const unkept = answer.status === 500 && (await answer.text()) === ERRORS.FILE_WRITE_ERROR.body
      if (!answer.bodyUsed) await answer.body?.cancel()
      return { status: unkept ? 503 : answer.status, headers: Object.fromEntries(answer.headers) }
    },

    read: (id: string): Readable => apart?.read(id) ?? createReadStream(join(folder, id)),

    /** The file and what the library keeps beside it; nothing where they are gone. */
    async remove(id: string): Promise<void> {
      if (apart !== undefined) return apart.remove(id)
      await rm(join(folder, id), { force: true })
      await rm(join(folder, `${id}.json`), { force: true })
    },
  }
}
