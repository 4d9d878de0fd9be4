/** Under which grant and for which scenario the rows are used; empty for open data. */
export type Use = { readonly grant?: string; readonly scenario?: string }
