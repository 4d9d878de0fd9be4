import { existsSync, readFileSync } from 'node:fs'

const folder = process.env.TIAOLI_SHARED_DATA ?? ''

/** Real files in the folder that `TIAOLI_SHARED_DATA` names; tests that need them are skipped without it. */
export const hasSharedData = existsSync(folder)
export const sharedFile = (name: string): Buffer => readFileSync(`${folder}/${name}`)
