/** Marks the words of a query in a text, so that a reader sees why it was found. */
export function Highlight({ text, query }: { text: string; query: string }) {
  const words = query.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return <>{text}</>
  const pattern = new RegExp(
    `(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`,
    'gi',
  )
  const pieces = text.split(pattern)
  return (
    <>
      {pieces.map((piece, index) =>
        // Splitting by a group puts every match at an odd place; places are stable for one text.
        index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
      )}
    </>
  )
}
