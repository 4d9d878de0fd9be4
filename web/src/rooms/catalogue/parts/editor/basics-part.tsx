import { AskedLine, AskedLines } from '../../../../kit/asked-line.tsx'
import { Field, Select } from '../../../../kit/field.tsx'
import { useRulebook } from '../../../../kit/rulebook.ts'
import { splitWords } from '../../../../kit/split-words.ts'
import { useDeskText } from '../../../../text/use-text.ts'
import type { PartProps } from './draft.ts'
import styles from './editor.module.css'

export function BasicsPart({ draft, change }: PartProps) {
  const { t, say } = useDeskText()
  const { data: rulebook } = useRulebook()
  const parts = rulebook?.catalogue.parts ?? []
  return (
    <div className={styles.part}>
      <AskedLine
        id="title"
        label={t.editor.title}
        maxLength={200}
        value={draft.title}
        onChange={(value) => change({ title: value })}
      />
      <AskedLines
        id="summary"
        label={t.editor.summary}
        help={t.editor.summaryHelp}
        maxLength={4000}
        rows={3}
        value={draft.summary}
        onChange={(value) => change({ summary: value })}
      />
      <Field id="theme" label={t.entry.theme}>
        <Select
          id="theme"
          value={draft.theme}
          options={Object.entries(t.themes).map(([value, label]) => ({ value, label }))}
          onChange={(theme) => change({ theme })}
        />
      </Field>
      {parts.length > 1 && (
        <Field id="part" label={t.entry.part}>
          <Select
            id="part"
            value={draft.part}
            options={parts.map(({ key, term }) => ({ value: key, label: say(term) }))}
            onChange={(part) => change({ part })}
          />
        </Field>
      )}
      <AskedLine
        id="keywords"
        label={t.entry.keywords}
        help={t.editor.keywordsHelp}
        optional
        defaultValue={draft.keywords.join(t.common.listSeparator)}
        onChange={(value) => change({ keywords: splitWords(value) })}
      />
    </div>
  )
}
