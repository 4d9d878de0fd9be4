import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '@tiaoli/kernel/ids'
import { ObjectError, type ObjectStore } from '../objects/index.ts'
import { stagedHome } from './decode.ts'
import { LakeError } from './lake.errors.ts'
import type { StagedFile, StageOptions } from './lake.types.ts'
import { requireStaged, stageFile } from './staging.ts'
import { sweepFolder } from './sweep-folder.ts'

/** Files as they came, until their batch has come to an end. Throws what `Lake` says of its methods of these names. */
export type StagedFiles = {
  stage(stream: Readable, options: StageOptions): Promise<StagedFile>
  /** The file on this disk. Throws `staged-missing`. */
  local(staged: StagedFile): Promise<StagedFile>
  discard(staged: StagedFile): Promise<void>
  sweep(keep: ReadonlySet<string>, olderThan: Date | undefined): Promise<void>
  /** Takes from this disk what was thrown away elsewhere. */
  catchUp(): Promise<void>
}

/** The name of a staged file that all nodes know it by; paths differ from node to node. */
const idOf = (path: string): string => basename(dirname(path))

export function folderStaging(folder: string): StagedFiles {
  return {
    stage: (stream, options) => stageFile(folder, stream, options),
    async local(staged) {
      await requireStaged(staged)
      return staged
    },
    discard: (staged) => rm(stagedHome(staged), { recursive: true, force: true }),
    async sweep(keep, olderThan) {
      const kept = new Set([...keep].map(idOf))
      await sweepFolder(folder, (name) => !kept.has(name), olderThan)
    },
    catchUp: async () => undefined,
  }
}

/** Files that came in at one node and may be read by another: on the disk of the one, and in object storage for all. */
export function objectStaging(folder: string, objects: ObjectStore): StagedFiles {
  const here = folderStaging(folder)
  const keyOf = (id: string): string => `staged/${id}`
  /** What is on its way here, or from here to the storage, is not looked for there. */
  const underWay = new Set<string>()

  async function fetchFile(staged: StagedFile, id: string, path: string): Promise<void> {
    const stream = await objects.stream(keyOf(id))
    if (stream === null) throw new LakeError('staged-missing')
    const hash = createHash('sha256')
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await mkdir(dirname(path), { recursive: true })
    const draft = `${path}.${newId()}.part`
    try {
      await pipeline(stream, measure, createWriteStream(draft))
      if (hash.digest('hex') !== staged.sha256) throw new ObjectError('storage-damaged')
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }

  return {
    async stage(stream, options) {
      const staged = await here.stage(stream, options)
      const id = idOf(staged.path)
      underWay.add(id)
      try {
        await objects.writeFile(keyOf(id), staged.path)
      } catch (error) {
        await here.discard(staged)
        throw error
      } finally {
        underWay.delete(id)
      }
      return staged
    },

    async local(staged) {
      const id = idOf(staged.path)
      const path = join(folder, id, 'file')
      const there = await access(path).then(
        () => true,
        () => false,
      )
      if (there) return { ...staged, path }
      underWay.add(id)
      try {
        await fetchFile(staged, id, path)
      } finally {
        underWay.delete(id)
      }
      return { ...staged, path }
    },

    async discard(staged) {
      const id = idOf(staged.path)
      await objects.remove([keyOf(id)])
      await rm(join(folder, id), { recursive: true, force: true })
    },

    async sweep(keep, olderThan) {
      await here.sweep(keep, olderThan)
      const kept = new Set([...keep].map((path) => keyOf(idOf(path))))
      const left = (await objects.list('staged/')).filter(
        ({ key, writtenAt }) => !kept.has(key) && (olderThan === undefined || writtenAt < olderThan),
      )
      await objects.remove(left.map(({ key }) => key))
    },

    async catchUp() {
      const names = (await readdir(folder)).filter((id) => !underWay.has(id))
      if (names.length === 0) return
      const there = new Set((await objects.list('staged/')).map(({ key }) => key))
      for (const id of names)
        if (!there.has(keyOf(id)) && !underWay.has(id))
          await rm(join(folder, id), { recursive: true, force: true })
    },
  }
}
