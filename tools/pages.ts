import { readFileSync } from 'node:fs'

/** Addresses of the web interface as its router has them: `:name` stands for one part of an address. */
export function pagesOf(source: string): string[] {
  const pages: string[] = ['/']
  let folder = '/'
  for (const line of source.split('\n')) {
    if (/^const desk\b/.test(line)) folder = '/desk/'
    if (/^const embedded\b/.test(line)) folder = '/embed/'
    const page = /^ {2}(?:'([^']*)'|(\w+)): \(\) =>/.exec(line)
    const path = page?.[1] ?? page?.[2]
    if (path !== undefined && path !== '*') pages.push(path === '' ? folder.slice(0, -1) : folder + path)
  }
  return pages
}

export const readPages = (): string[] =>
  pagesOf(readFileSync(new URL('../web/src/app.tsx', import.meta.url), 'utf8'))
