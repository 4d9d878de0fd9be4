import {
  changeVocabulary,
  getVocabulary,
  type VocabularyView,
  type vocabularyChangeSchema,
} from '@tiaoli/contract/vocabulary'
import { useState } from 'react'
import type { z } from 'zod'
import { useAct, useRoute } from '../../../kit/api.ts'
import { AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { formatDate, formatNumber } from '../../../kit/formats.ts'
import { Page } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import styles from './vocabulary-page.module.css'

type Change = z.input<typeof vocabularyChangeSchema>
const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '')
const wordsOf = (line: string) => line.split(/[,，、;；]+/).filter((word) => word.trim() !== '')
/** While entries are still being read, the page looks again. */
const againMs = 2_000

/** Words and synonyms by which the catalogue is searched: what the city adds to what the platform comes with. */
export default function VocabularyPage() {
  const { t } = useDeskText()
  const refetchInterval = (answer: VocabularyView | undefined): number | false =>
    answer !== undefined && answer.indexedVersion < answer.version ? againMs : false
  const reading = useRoute(getVocabulary, {}, { refetchInterval })
  return (
    <Page title={t.vocabulary.title} lead={t.vocabulary.lead}>
      <Await reading={reading} lines={10}>
        {(vocabulary) => <Vocabulary vocabulary={vocabulary} />}
      </Await>
    </Page>
  )
}

function Vocabulary({ vocabulary }: { vocabulary: VocabularyView }) {
  const { t, language } = useDeskText()
  const act = useAct(changeVocabulary)
  const [words, setWords] = useState('')
  const [groups, setGroups] = useState('')
  const send = (body: Change) => act.mutateAsync({ body })
  const { version, indexedVersion, waiting, changedAt, changedBy, usual } = vocabulary

  async function add() {
    await send({ addWords: linesOf(words).flatMap(wordsOf), addSynonyms: linesOf(groups).map(wordsOf) })
    setWords('')
    setGroups('')
  }

  return (
    <div className="stack">
      <p role="status">
        {indexedVersion < version
          ? t.vocabulary.waiting(formatNumber(waiting, language))
          : t.vocabulary.indexed(version)}{' '}
        {changedAt && (
          <span className="quiet">{t.vocabulary.changed(formatDate(changedAt), changedBy ?? '')}</span>
        )}
      </p>
      {act.error && <Failure error={act.error} />}
      <section className="stack">
        <h2>{t.vocabulary.words}</h2>
        <Own
          empty={t.vocabulary.noWords}
          items={vocabulary.words.map((word) => ({ key: word, name: word, remove: { removeWords: [word] } }))}
          onRemove={send}
          busy={act.isPending}
        />
        <h2>{t.vocabulary.synonyms}</h2>
        <Own
          empty={t.vocabulary.noSynonyms}
          items={vocabulary.synonyms.map((group) => ({
            key: group.id,
            name: group.words.join(t.vocabulary.between),
            remove: { removeSynonyms: [group.id] },
          }))}
          onRemove={send}
          busy={act.isPending}
        />
      </section>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          // What the platform refuses is shown above.
          add().catch(() => undefined)
        }}
      >
        <AskedLines
          id="add-words"
          label={t.vocabulary.addWords}
          help={t.vocabulary.addWordsHelp}
          optional
          rows={3}
          value={words}
          onChange={setWords}
        />
        <AskedLines
          id="add-synonyms"
          label={t.vocabulary.addSynonyms}
          help={t.vocabulary.addSynonymsHelp}
          optional
          rows={3}
          value={groups}
          onChange={setGroups}
        />
        <div>
          <Button primary type="submit" busy={act.isPending} disabled={(words + groups).trim() === ''}>
            {t.vocabulary.add}
          </Button>
        </div>
      </form>
      <details>
        <summary>{t.vocabulary.usual(usual.words.length, usual.synonyms.length)}</summary>
        <div className="stack">
          <p>{usual.words.join(t.vocabulary.between)}</p>
          <ul>
            {usual.synonyms.map((group) => (
              <li key={group.join()}>{group.join(t.vocabulary.between)}</li>
            ))}
          </ul>
        </div>
      </details>
    </div>
  )
}

function Own(props: {
  items: readonly { key: string; name: string; remove: Change }[]
  empty: string
  onRemove: (change: Change) => Promise<unknown>
  busy: boolean
}) {
  const { t } = useDeskText()
  if (props.items.length === 0) return <p className="quiet">{props.empty}</p>
  return (
    <ul className={styles.own}>
      {props.items.map(({ key, name, remove }) => (
        <li key={key}>
          {name}
          <Button
            small
            plain
            disabled={props.busy}
            aria-label={t.vocabulary.removeNamed(name)}
            // A refusal is shown above the lists.
            onClick={() => void props.onRemove(remove).catch(() => undefined)}
          >
            {t.vocabulary.remove}
          </Button>
        </li>
      ))}
    </ul>
  )
}
