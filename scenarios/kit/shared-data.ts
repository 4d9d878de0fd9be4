import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder =
  process.env.TIAOLI_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))

/** Real files that lie beside the project on some machines; tests that need them say so where they are absent. */
export const hasSharedData = existsSync(folder)
export const sharedFile = (name: string): Buffer => readFileSync(`${folder}/${name}`)
