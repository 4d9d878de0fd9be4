import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressFiles } from './compress-files.ts'
import { firstChunks } from './first-chunks.ts'
import { firstView } from './first-view.ts'
import { withoutSchemas } from './without-schemas.ts'

// The host is passed on as it is: the server refuses changes that come from a page of another origin.
const server = { target: process.env.TIAOLI_SERVER ?? 'http://127.0.0.1:8080', changeOrigin: false }

export default defineConfig({
  plugins: [withoutSchemas(), react({ jsxImportSource: '@tiaoli/web' }), firstView(), compressFiles()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        minifyInternalExports: false,
        codeSplitting: {
          // Only the modules that are named go together, not whatever they import.
          includeDependenciesRecursively: false,
          groups: [
            {
              debugName: 'first view',
              name: firstChunks(fileURLToPath(new URL('src/main.tsx', import.meta.url))),
            },
          ],
        },
      },
    },
  },
  // Only the interface itself is passed on: `/api/docs` is a page of this application.
  server: { proxy: { '/api/v1': server, '/ledger': server, '/healthz': server } },
})
