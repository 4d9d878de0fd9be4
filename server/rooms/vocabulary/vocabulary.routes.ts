import * as contract from '@tiaoli/contract/vocabulary'
import type { Mount } from '../../foundations/http/index.ts'
import { usualSynonyms, usualWords } from './usual.ts'
import type { Vocabulary } from './vocabulary.service.ts'

/** @param waiting how many entries are still to be cut into words by the version that holds. */
export function mountVocabulary(
  mount: Mount,
  vocabulary: Vocabulary,
  waiting: (version: number) => Promise<number>,
): void {
  async function show() {
    const { value, indexed, changedAt, changedBy } = await vocabulary.version()
    return {
      words: await vocabulary.words(),
      synonyms: (await vocabulary.synonyms()).map(({ id, words }) => ({ id, words: [...words] })),
      usual: {
        words: [...usualWords],
        synonyms: usualSynonyms.map((group) => [...group]),
      },
      version: value,
      indexedVersion: indexed,
      waiting: await waiting(value),
      changedAt: changedAt?.toISOString() ?? null,
      changedBy,
    }
  }
  mount(contract.getVocabulary, show)
  mount(contract.changeVocabulary, async ({ body, session }) => {
    await vocabulary.change(session, body)
    return show()
  })
}
