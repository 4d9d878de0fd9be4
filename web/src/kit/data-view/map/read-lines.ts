/** Reads a text line by line as it comes; empty lines say nothing. */
export async function readLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  take: (line: string) => void,
): Promise<void> {
  if (body === null) return
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n')
    rest = lines.pop()!
    for (const line of lines) if (line.trim() !== '') take(line)
  }
  if (rest.trim() !== '') take(rest)
}
