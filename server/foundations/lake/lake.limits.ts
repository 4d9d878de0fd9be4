/** Columns of a table; what has more is a fault of the export, not a table. */
export const maxColumns = 2_000

/** Bytes of one row, line breaks and quotes included. Longer rows are refused, the file goes on. */
export const maxRowBytes = 1 << 20

/** Characters of a refused cell that are shown. */
export const shownCharacters = 200

/** Refusals and misfits handed back for the page; the report file has all of them. */
export const shownRefusals = 100
export const shownSamples = 5
export const shownRows = 20

/** What a packed file may unpack to: no more than this many bytes at all, … */
export const maxUnpackedBytes = 16 * 2 ** 30
/** … and, above a size that harms nobody, no more than this many times its packed size. */
export const maxUnpackRatio = 200
export const harmlessUnpackedBytes = 64 * 2 ** 20

/** Whether a file of `packedBytes` that has given `unpackedBytes` so far is meant to do harm. */
export const unpacksTooFar = (packedBytes: number, unpackedBytes: number): boolean =>
  unpackedBytes > maxUnpackedBytes ||
  (unpackedBytes > harmlessUnpackedBytes && unpackedBytes > packedBytes * maxUnpackRatio)

/** Files of one archive, those that a program of the maker keeps in it included. */
export const maxArchiveEntries = 10_000
/** Files of an archive that are looked at as tables, and tables found in them. */
export const maxArchiveTables = 200

/** What reading a file may take that has to be held whole: bytes of the file, memory of its thread, time for a piece. */
export const untrustedLimits = { bytes: 128 * 2 ** 20, memoryMb: 768, milliseconds: 60_000 } as const

/** Rows of one page. */
export const maxPageRows = 10_000
