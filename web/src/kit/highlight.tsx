type Ranges = readonly (readonly [from: number, to: number])[]

/** Marks in a text what was asked for, so that a reader sees why it was found; `ranges` in order, none touching another. */
export function Highlight({ text, ranges }: { text: string; ranges: Ranges | undefined }) {
  if (ranges === undefined || ranges.length === 0) return <>{text}</>
  return (
    <>
      {ranges.map(([from, to], index) => (
        <span key={from}>
          {text.slice(index === 0 ? 0 : ranges[index - 1]![1], from)}
          <mark>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(ranges.at(-1)![1])}
    </>
  )
}
