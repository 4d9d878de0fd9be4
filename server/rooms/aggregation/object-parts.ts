import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '@tiaoli/kernel/ids'
import { DataStore, ERRORS, Upload } from '@tus/server'
import { ObjectError, type ObjectStore } from '../../foundations/objects/index.ts'
import { arrived, type Piece } from './object-parts.rules.ts'

type Begun = Pick<Upload, 'size' | 'metadata' | 'creation_date'>

/**
 * Files on their way in parts, each part an object of its own under the place where it begins: the next part may come
 * in at any node. On the disk of a node a part lies only while it arrives.
 */
export class ObjectParts extends DataStore {
  readonly #objects: ObjectStore
  readonly #folder: string

  constructor(objects: ObjectStore, folder: string) {
    super()
    this.#objects = objects
    this.#folder = folder
    this.extensions = ['creation', 'termination']
  }

  override async create(upload: Upload): Promise<Upload> {
    const { size, metadata } = upload
    const begun: Begun = { size, metadata, creation_date: new Date().toISOString() }
    await told(this.#objects.write(begunOf(upload.id), Buffer.from(JSON.stringify(begun))))
    return upload
  }

  /** What arrived before a line broke is kept too. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    await mkdir(this.#folder, { recursive: true })
    const path = join(this.#folder, `${id}.${newId()}.part`)
    try {
      const broken = await pipeline(stream, createWriteStream(path)).then(
        () => false,
        () => true,
      )
      const { size } = await stat(path)
      if (size > 0) await told(this.#objects.writeFile(pieceOf(id, offset), path))
      if (broken) throw ERRORS.FILE_WRITE_ERROR
      return offset + size
    } finally {
      await rm(path, { force: true })
    }
  }

  override async getUpload(id: string): Promise<Upload> {
    const bytes = await told(this.#objects.read(begunOf(id)))
    if (bytes === null) throw ERRORS.FILE_NOT_FOUND
    const { size, metadata, creation_date } = JSON.parse(bytes.toString('utf8')) as Begun
    const { offset } = await told(this.#arrived(id))
    return new Upload({
      id,
      offset,
      ...(size !== undefined && { size }),
      ...(metadata !== undefined && { metadata }),
      ...(creation_date !== undefined && { creation_date }),
    })
  }

  override async remove(id: string): Promise<void> {
    const all = await this.#objects.list(`uploads/${id}/`)
    await this.#objects.remove(all.map(({ key }) => key))
  }

  /** The file from its beginning as far as it has arrived. */
  read(id: string): Readable {
    return Readable.from(this.#bytes(id), { objectMode: false })
  }

  async *#bytes(id: string): AsyncGenerator<Uint8Array> {
    for (const { key } of (await this.#arrived(id)).pieces) {
      const stream = await this.#objects.stream(key)
      if (stream === null) throw new ObjectError('storage-damaged')
      yield* stream
    }
  }

  async #arrived(id: string): Promise<ReturnType<typeof arrived<Piece & { readonly key: string }>>> {
    const listed = await this.#objects.list(piecesOf(id))
    return arrived(
      listed.map(({ key, sizeBytes }) => ({
        key,
        offset: Number(key.slice(piecesOf(id).length)),
        bytes: sizeBytes,
      })),
    )
  }
}

const begunOf = (id: string): string => `uploads/${id}/begun`
const piecesOf = (id: string): string => `uploads/${id}/from-`
/** Offsets of one length are listed in their order. */
const pieceOf = (id: string, offset: number): string => `${piecesOf(id)}${String(offset).padStart(16, '0')}`

/** Tells the protocol's library of a storage that is away in its own way, so that it does not pass for a fault of ours. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ObjectError)) throw error
    throw Object.assign(error, { status_code: 503, body: 'storage unavailable\n' })
  }
}
