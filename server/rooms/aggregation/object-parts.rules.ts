/** A piece of a file: where in the file it begins, and how long it is. */
export type Piece = { readonly offset: number; readonly bytes: number }

/**
 * Pure: the pieces that follow one another from the beginning of the file without a gap, and how far they reach. A
 * piece that was sent twice, through two nodes at once, may have replaced a longer one: what comes after the gap is
 * sent again.
 */
export function arrived<P extends Piece>(
  pieces: readonly P[],
): { readonly pieces: P[]; readonly offset: number } {
  const byOffset = new Map(pieces.map((piece) => [piece.offset, piece]))
  const found: P[] = []
  let offset = 0
  for (let next = byOffset.get(0); next !== undefined; next = byOffset.get(offset)) {
    if (next.bytes === 0) break
    found.push(next)
    offset += next.bytes
  }
  return { pieces: found, offset }
}
