import { firstPages } from './first-view.ts'

/** What the bundler tells of a module. */
type Modules = {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

type Part = readonly [file: string, needed: ReadonlySet<string>]

/** The library that draws: as heavy as all else that every page needs, and for months the same. */
const drawing = /\/node_modules\/(?:react|react-dom|scheduler)\//

/**
 * In which file a module belongs that one of the pages needs to which people come first: left to itself the bundler
 * makes some seventy files of them, many of a few hundred bytes, and on a telephone's line a file costs a journey
 * whatever it weighs. There is one file of the library that draws, one of what else these pages need in common,
 * whatever the language, one of the entry page with what it needs besides, and one of the words of each language.
 * Every other module goes where the bundler puts it.
 *
 * @param main path of the module with which everything begins.
 */
export function firstChunks(main: string) {
  const page = (path: string) => main.replace('src/main.tsx', path)
  let parts: readonly Part[] | undefined
  return (id: string, modules: Modules): string | null => {
    if (drawing.test(id)) return 'drawing'
    parts ??= partsOf(main, page, modules)
    // What front and search page have for themselves is what the router fetches.
    if ([firstPages.front, firstPages.search].some((path) => id === page(path))) return null
    return parts.find(([, needed]) => needed.has(id))?.[0] ?? null
  }
}

function partsOf(main: string, page: (path: string) => string, modules: Modules): Part[] {
  const zh = neededBy(page(firstPages.zh), modules)
  const en = neededBy(page(firstPages.en), modules)
  const inBoth = [...zh].filter((id) => en.has(id))
  const search = neededBy(page(firstPages.search), modules, neededBy(page(firstPages.front), modules))
  return [
    ['start', new Set([...neededBy(main, modules), ...inBoth, ...search])],
    ['entry', neededBy(page(firstPages.entry), modules)],
    ['words-zh', zh],
    ['words-en', en],
  ]
}

function neededBy(id: string, modules: Modules, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found
  found.add(id)
  for (const each of modules.getModuleInfo(id)?.importedIds ?? []) neededBy(each, modules, found)
  return found
}
