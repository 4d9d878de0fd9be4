import { readFileSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'
import { firstScriptElement } from './first-script.ts'
import { preferencesMemory } from './src/kit/memory.ts'

/** The pages that people come to first and the words of each language, by the module that the router fetches for them. */
export const firstPages = {
  front: 'src/rooms/home/pages/front-page.tsx',
  search: 'src/rooms/catalogue/pages/search-page.tsx',
  entry: 'src/rooms/catalogue/pages/entry-page.tsx',
  zh: 'src/text/zh.ts',
  en: 'src/text/en.ts',
}

/** With what everything begins. */
const main = 'src/main.tsx'

/** Files besides the first that hold what these pages share (`first-chunks.ts`): their styles are needed as early. */
const shared = ['entry']

type Bundle = Rolldown.OutputBundle

const chunksOf = (bundle: Bundle) => Object.values(bundle).filter((each) => each.type === 'chunk')

/** The file in which a module of the interface stands. */
function fileWith(module: string, bundle: Bundle): string {
  const chunk = chunksOf(bundle).find(({ moduleIds }) =>
    moduleIds.some((id) => id.endsWith(`/web/${module}`)),
  )
  if (chunk === undefined) throw new Error(`${module} is not part of the build`)
  return chunk.fileName
}

/** A file and whatever it needs before it can run. */
function withImports(file: string, bundle: Bundle, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  const chunk = bundle[file]
  if (chunk?.type === 'chunk') for (const each of chunk.imports) withImports(each, bundle, found)
  return found
}

/**
 * What a first view must not wait for: scripts come after everything else and begin when the words of the server have
 * been shown (`first-script.ts`), the styles of every page stand in the page itself, and `first-view.json` tells
 * the server which files the pages that people come to first will ask for, so that it can name them in the head.
 */
export function firstView(): Plugin {
  return {
    name: 'tiaoli-first-view',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const links = chunksOf(bundle)
          .filter(({ name }) => shared.includes(name))
          .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])
          .map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`)
        const linked = html.replace('</head>', () => `${links.join('\n    ')}\n  </head>`)
        return withIcon(beginningLater(linked, bundle)).replaceAll(
          /<link rel="stylesheet"[^>]* href="\/([^"]+)">/g,
          (link, file: string) => {
            const styles = bundle[file]
            if (styles?.type !== 'asset') throw new Error(`${file} is not part of the build`)
            // The link stays, switched off: a page that is fetched later takes it for a sign that its styles are here.
            return `<style>${String(styles.source).trim()}</style>\n    ${link.replace('<link', '<link disabled')}`
          },
        )
      },
    },
    generateBundle(_options, bundle) {
      const always = withImports(fileWith(main, bundle), bundle)
      const filesOf = (module: string): string[] =>
        [...withImports(fileWith(module, bundle), bundle)]
          .filter((file) => !always.has(file))
          .map((file) => `/${file}`)
      const files = Object.fromEntries(
        Object.entries(firstPages).map(([name, module]) => [name, filesOf(module)]),
      )
      this.emitFile({ type: 'asset', fileName: 'first-view.json', source: JSON.stringify(files) })
    },
  }
}

function weight(file: string, bundle: Bundle): number {
  const chunk = bundle[file]
  return chunk?.type === 'chunk' ? chunk.code.length : 0
}

/** The page with its icon in it: a browser asks for it twice, and each time something that is waited for stands back. */
function withIcon(html: string): string {
  const icon = readFileSync(new URL('public/favicon.svg', import.meta.url), 'utf8')
  return html.replace(
    'href="/favicon.svg"',
    () => `href="data:image/svg+xml,${encodeURIComponent(icon.trim())}"`,
  )
}

/** The page whose scripts are fetched at once, in nothing's way, and begin when its first script says so. */
function beginningLater(html: string, bundle: Bundle): string {
  const file = fileWith(main, bundle)
  const needed = [...withImports(file, bundle)]
  // The one that weighs most comes last if it is asked for last.
  const preloads = needed
    .toSorted((a, b) => weight(b, bundle) - weight(a, bundle))
    .map((each) => `<link rel="modulepreload" fetchpriority="low" crossorigin href="/${each}">`)
  const begun = html.replaceAll(
    /\s*<(?:script type="module"|link rel="modulepreload")[^>]*>(?:<\/script>)?/g,
    '',
  )
  return begun.replace('</title>', (end) =>
    [end, firstScriptElement(`/${file}`, preferencesMemory), ...preloads].join('\n    '),
  )
}
