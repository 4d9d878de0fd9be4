import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const squeezed = /\.(js|mjs|css|svg|json|webmanifest)$/
/** Below this a compressed copy saves nothing. */
const leastBytes = 256

/** Puts a `.br` and a `.gz` beside each built file, so that the server compresses nothing while it serves. */
export function compressFiles(): Plugin {
  let folder = ''
  return {
    name: 'tiaoli-compress-files',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true })
      await Promise.all(
        names.filter((name) => squeezed.test(name)).map((name) => compress(join(folder, name))),
      )
    },
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < leastBytes) return
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes))
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9, memLevel: 9 }))
}
