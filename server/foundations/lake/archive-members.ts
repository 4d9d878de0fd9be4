/** A file by itself, or the files of one shapefile by their ending. */
export type Member = { readonly name: string; readonly parts?: ReadonlyMap<string, string> }

/** Endings of the files that belong to a `.shp` beside them. */
const shapeEndings: ReadonlySet<string> = new Set(
  'shp shx dbf prj cpg sbn sbx qpj qix fbn fbx ain aih atx mxs ixs shp.xml'.split(' '),
)

/** Pure: what an archive holds, without what programs leave in it for themselves. */
export function membersOf(names: readonly string[]): Member[] {
  const meant = names.filter((name) => !/(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(name))
  const shapeOf = new Map(
    meant
      .filter((name) => /\.shp$/i.test(name))
      .map((name) => [stemOf(name), name] as const)
      .toReversed(),
  )
  const shapes = new Map<string, Map<string, string>>()
  const members: Member[] = []
  for (const name of meant) {
    const stem = stemOf(name)
    const shape = shapeOf.get(stem)
    if (shape === undefined || !shapeEndings.has(endingOf(name))) {
      members.push({ name })
      continue
    }
    const parts = shapes.get(stem) ?? new Map<string, string>()
    if (!shapes.has(stem)) {
      shapes.set(stem, parts)
      members.push({ name: shape, parts })
    }
    parts.set(endingOf(name), name)
  }
  return members
}

const splitName = (name: string) => /^(.*?)\.(shp\.xml|[^./]*)$/i.exec(name)
const stemOf = (name: string): string => splitName(name)?.[1] ?? name
const endingOf = (name: string): string => (splitName(name)?.[2] ?? '').toLowerCase()
