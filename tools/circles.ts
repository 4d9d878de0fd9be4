/**
 * Files that import each other in a loop, types included: whoever reads one of them has to read all. Each loop is told
 * once, as the way from its first file by name back to it.
 */
export function circles(imports: readonly { readonly from: string; readonly to: string }[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to])
  const found = new Set<string>()
  const done = new Set<string>()
  const way: string[] = []
  const follow = (file: string): void => {
    const since = way.indexOf(file)
    if (since >= 0) {
      const loop = way.slice(since)
      const first = loop.indexOf([...loop].sort()[0]!)
      found.add([...loop.slice(first), ...loop.slice(0, first), loop[first]].join(' → '))
      return
    }
    if (done.has(file)) return
    way.push(file)
    for (const target of targets.get(file) ?? []) follow(target)
    way.pop()
    done.add(file)
  }
  for (const file of [...targets.keys()].sort()) follow(file)
  return [...found]
}
