import type { Plugin } from 'vite'
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

/** Files besides the first that hold what these pages share (`first-chunks.ts`): their styles are needed as early. */
const shared = ['portal', 'entry']

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
        const links = Object.values(bundle)
          .filter((each) => each.type === 'chunk')
          .filter(({ name }) => shared.includes(name))
          .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])
          .map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`)
        const linked = html.replace('</head>', () => `${links.join('\n    ')}\n  </head>`)
        return beginningLater(linked).replaceAll(
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
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
      const entry = chunks.find(({ isEntry }) => isEntry)
      const among = (fileName: string) => chunks.find((chunk) => chunk.fileName === fileName)
      const withImports = (fileName: string, found = new Set<string>()): Set<string> => {
        if (found.has(fileName)) return found
        found.add(fileName)
        for (const each of among(fileName)?.imports ?? []) withImports(each, found)
        return found
      }
      const always = entry ? withImports(entry.fileName) : new Set<string>()
      const filesOf = (module: string): string[] => {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/web/${module}`))
        if (chunk === undefined) throw new Error(`${module} is not a page of its own in the build`)
        return [...withImports(chunk.fileName)].filter((file) => !always.has(file)).map((file) => `/${file}`)
      }
      const files = Object.fromEntries(
        Object.entries(firstPages).map(([name, module]) => [name, filesOf(module)]),
      )
      this.emitFile({ type: 'asset', fileName: 'first-view.json', source: JSON.stringify(files) })
    },
  }
}

/** The page whose scripts are fetched at once, in nothing's way, and begin when its first script says so. */
function beginningLater(html: string): string {
  const main = /<script type="module"[^>]* src="([^"]+)"><\/script>/
  const [element, address] = main.exec(html) ?? []
  if (element === undefined || address === undefined) throw new Error('the page begins with no module')
  const preload = '<link rel="modulepreload" fetchpriority="low" crossorigin href='
  return html
    .replaceAll('<link rel="modulepreload" crossorigin href=', preload)
    .replace(element, () => `${firstScriptElement(address, preferencesMemory)}\n    ${preload}"${address}">`)
}
