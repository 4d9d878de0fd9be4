/** What a thread is given to read. */
export type UntrustedInput =
  | { readonly kind: 'workbook'; readonly path: string; readonly only: string | undefined }
  | { readonly kind: 'shapes'; readonly path: string; readonly projection: string | undefined }

/** One piece of what it found: rows of a sheet, or geometries as texts of JSON in the order of the file. */
export type UntrustedPiece =
  | { readonly sheet: string; readonly rows: readonly { line: number; cells: (string | null)[] }[] }
  | { readonly geometries: readonly (string | null)[] }

export type UntrustedAnswer =
  | { readonly piece: UntrustedPiece }
  | { readonly end: true }
  | { readonly fault: 'encrypted' | 'unsupported-format' | 'truncated' | 'zip-bomb'; readonly cause?: string }
