import type { VocabularyChange } from '@tiaoli/contract/vocabulary'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Store, Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import { fold, tokensOf } from '../../foundations/language/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Analyser, createAnalyser } from './analyser.ts'
import * as store from './vocabulary.store.ts'

/** The job that cuts the whole catalogue into words anew; its subject names nothing. */
export const reindexJob = 'catalogue.reindex'

const mostWords = 20_000
const mostGroups = 5_000

export type VocabularyDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
}

export type Vocabulary = ReturnType<typeof createVocabulary>

/**
 * The words by which the catalogue is searched: what the platform comes with, and what administrators of the city add.
 * A change holds for queries at once; the catalogue is cut into words anew in the background, and is found all the
 * while, since what is found rests on characters and only the order on words.
 */
export function createVocabulary({ database, rulebook, ledger, jobs, clock }: VocabularyDeps) {
  const { db } = database
  const city = rulebook.city.zh
  const alsoGeneric = [city, city.endsWith('市') ? city.slice(0, -1) : `${city}市`, rulebook.city.en]
  let known: Analyser | undefined

  /** As of the version that holds: a change by another node is seen by the next query. */
  async function analyser(tx: Store | Tx = db): Promise<Analyser> {
    const { value } = await store.readVersion(tx)
    if (known?.version !== value) {
      const [words, groups] = [await store.readWords(tx), await store.readSynonyms(tx)]
      const synonyms = groups.map((group) => group.words)
      known = createAnalyser({ version: value, words, synonyms }, alsoGeneric)
    }
    return known
  }

  let asOf: { readonly epoch: number; readonly reading: Promise<Analyser> } | undefined

  return {
    analyser,

    /** As of an epoch that was read before: each change of the vocabulary turns it. */
    async analyserIn(epoch: number): Promise<Analyser> {
      if (asOf?.epoch === epoch) return asOf.reading
      const reading = analyser()
      asOf = { epoch, reading }
      reading.catch(() => {
        if (asOf?.reading === reading) asOf = undefined
      })
      return reading
    },
    version: () => store.readVersion(db),
    words: () => store.readWords(db),
    synonyms: () => store.readSynonyms(db),

    /** Says that the whole catalogue has been cut by this version. */
    indexed: (version: number) => store.writeIndexedVersion(db, version),

    /** Adds and removes in one go, on record; the catalogue is read anew afterwards. */
    async change(session: Session, change: VocabularyChange): Promise<void> {
      const words = change.addWords.map(plain)
      const groups = change.addSynonyms.map((group) => [...new Set(group.map(plain))])
      const faults = [
        ...words.flatMap((word, at) => (isWord(word) ? [] : [`addWords.${at}`])),
        ...groups.flatMap((group, at) =>
          group.length > 1 && group.every(isNamed) ? [] : [`addSynonyms.${at}`],
        ),
      ]
      if (faults.length > 0) throw notWords(faults)
      if ([words, groups, change.removeWords, change.removeSynonyms].every((part) => part.length === 0))
        throw nothingToChange()
      await database.inTransaction(async (tx) => {
        const { value } = await store.readVersion(tx, true)
        const version = value + 1
        const record = await ledger.record(tx, {
          kind: 'vocabulary.changed',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          outcome: 'changed',
          payload: {
            version,
            addedWords: words,
            removedWords: change.removeWords,
            addedSynonyms: groups,
            removedSynonyms: change.removeSynonyms,
          },
        })
        await store.deleteWords(tx, change.removeWords)
        await store.deleteSynonyms(tx, change.removeSynonyms)
        await store.insertWords(tx, words, record.id)
        for (const group of groups) await store.insertSynonyms(tx, { id: newId(), words: group }, record.id)
        if (
          (await store.readWords(tx)).length > mostWords ||
          (await store.readSynonyms(tx)).length > mostGroups
        )
          throw tooMany()
        await store.writeVersion(tx, version, clock.now(), session.user!.name)
        await jobs.file(tx, reindexJob, '', clock.now())
        await ledger.turnEpoch(tx)
      })
    },
  }
}

const plain = (word: string): string => word.trim().normalize('NFC')

/** A word of the dictionary: two to twenty Chinese characters and nothing else, for nothing else is cut. */
const isWord = (word: string): boolean => /^\p{Script=Han}{2,20}$/u.test(word)

/** A name that can be searched for. */
const isNamed = (word: string): boolean => tokensOf(fold(word)).length > 0

const notWords = (paths: readonly string[]): Problem => {
  const message = text(
    '词条须为二至二十个汉字；同义词每组至少两个不同的词',
    'A word has two to twenty Chinese characters; a group of synonyms at least two different names',
  )
  return new Problem('content-incomplete', {
    condition: message,
    remedy: text('请改正后重新提交。', 'Correct it and submit again.'),
    errors: paths.map((path) => ({ path, message })),
  })
}

const nothingToChange = (): Problem =>
  new Problem('content-incomplete', {
    condition: text('没有需要增删的词条', 'There is nothing to add or to remove'),
    remedy: text('请填写要增加的词条，或者选择要删除的词条。', 'Name what to add, or choose what to remove.'),
  })

const tooMany = (): Problem =>
  new Problem('content-incomplete', {
    condition: text(
      `词库最多 ${mostWords} 个词、${mostGroups} 组同义词（平台规则，非法定）`,
      `The vocabulary holds ${mostWords} words and ${mostGroups} groups of synonyms at most (a rule of the platform, not statutory)`,
    ),
    remedy: text('请先删去不再需要的词条。', 'Remove what is no longer needed first.'),
  })
