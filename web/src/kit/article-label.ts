/** The number of an article from the id of the article or of one of its obligations: `CQ-26.1-a` → `26`. */
export const articleNumber = (id: string): string => /-(\d+)/.exec(id)?.[1] ?? id

/** The words on an article chip: the city's mark and the article's number, `渝 26`. */
export const articleLabel = (mark: string, id: string): string => `${mark} ${articleNumber(id)}`.trim()

/** The article that an obligation belongs to: `CQ-26.1-a` → `CQ-26`. */
export const articleOf = (id: string): string => /^[A-Z]+-\d+/.exec(id)?.[0] ?? id
