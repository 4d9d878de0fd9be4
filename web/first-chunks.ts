import { firstPages } from './first-view.ts'

/** What the bundler tells of a module. */
type Modules = {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

type Part = readonly [file: string, needed: ReadonlySet<string>]

/**
 * In which file a module belongs that one of the pages needs to which people come first: left to itself the bundler
 * makes some seventy files of them, many of a few hundred bytes, and on a telephone's line a file costs a journey
 * whatever it weighs. There is one file of what every page needs, whatever its language, one of what front and search
 * page need besides and others share, one of what the entry page needs besides these, and one of the words of each
 * language. Every other module goes where the bundler puts it.
 *
 * @param main path of the module with which everything begins.
 */
export function firstChunks(main: string) {
  const page = (path: string) => main.replace('src/main.tsx', path)
  let parts: readonly Part[] | undefined
  return (id: string, modules: Modules): string | null => {
    parts ??= partsOf(main, page, modules)
    // The pages themselves are what the router fetches.
    if ([firstPages.front, firstPages.search, firstPages.entry].some((path) => id === page(path))) return null
    return parts.find(([, needed]) => needed.has(id))?.[0] ?? null
  }
}

function partsOf(main: string, page: (path: string) => string, modules: Modules): Part[] {
  const zh = neededBy(page(firstPages.zh), modules)
  const en = neededBy(page(firstPages.en), modules)
  const inBoth = [...zh].filter((id) => en.has(id))
  return [
    ['start', new Set([...neededBy(main, modules), ...inBoth])],
    ['portal', neededBy(page(firstPages.search), modules, neededBy(page(firstPages.front), modules))],
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
