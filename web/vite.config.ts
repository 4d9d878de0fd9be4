import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.TIAOLI_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
  // Only the interface itself is passed on: `/api/docs` is a page of this application.
  server: { proxy: { '/api/v1': server, '/ledger': server, '/healthz': server } },
})
