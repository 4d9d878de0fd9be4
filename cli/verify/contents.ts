import { Rejection } from './finding.ts'
import { exactBase64 } from './keys.ts'
import type { Tree } from './tree.ts'

/** What an entry of the log was made of, as the platform gives it to those who answer for the whole city. */
export type Content = {
  readonly index: number
  readonly record: string | null
  readonly salt: string | null
}

/** Reads the contents of a platform's log in the order of its entries. @throws Rejection `contents-refused` */
export async function* contentsOf(url: string, apiKey: string): AsyncGenerator<Content> {
  for (let next: number | null = 0; next !== null; ) {
    const address = new URL(`/api/v1/ledger/contents?from=${next}`, url)
    const answer = await fetch(address, { headers: { authorization: `Bearer ${apiKey}` } })
    if (!answer.ok) throw new Rejection('contents-refused', `${answer.status}`)
    const page = (await answer.json()) as { items: Content[]; next: number | null }
    yield* page.items
    // A server that sends back to where one came from would never come to an end.
    if (page.next !== null && page.next <= next) throw new Rejection('contents-refused', `${page.next}`)
    next = page.next
  }
}

/** Holds the contents against the entries of the log, one after the other; counts those that were erased. */
export function contentCheck(tree: Tree, contents: AsyncIterable<Content>) {
  const reading = contents[Symbol.asyncIterator]()
  let erased = 0
  return {
    async require(index: number, entry: Buffer): Promise<void> {
      const { value, done } = await reading.next()
      if (done || value.index !== index) throw new Rejection('record-missing', String(index))
      if (value.record === null || value.salt === null) {
        erased += 1
        return
      }
      const salt = exactBase64(value.salt)
      if (salt === undefined || !tree.hashOf(salt, Buffer.from(value.record, 'utf8')).equals(entry))
        throw new Rejection('record-altered', String(index))
    },
    erased: () => erased,
  }
}
