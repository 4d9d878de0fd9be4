import { civilDateOf } from '@tiaoli/kernel/instants'
import { useState } from 'react'
import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useListDraft } from '../opening.queries.ts'
import { ComposeList } from '../parts/compose-list.tsx'

export default function ComposeListPage() {
  const { t, say } = usePortalText()
  const [list, setList] = useState<string>()
  const [year, setYear] = useState(civilDateOf(new Date()).slice(0, 4))
  const validYear = /^20\d\d$/.test(year) ? Number(year) : undefined
  return (
    <Page
      title={t.lists.compose}
      lead={t.lists.composeLead}
      actions={<Link to="/opening-lists">{t.lists.short}</Link>}
    >
      <Await reading={useListDraft(list, validYear)} lines={8}>
        {(draft) =>
          draft.chosen === null ? (
            <Empty title={t.lists.notYours} />
          ) : (
            <div className="stack">
              <h2>
                {say(draft.chosen.name)} <ArticleChip article={draft.chosen.article} />
              </h2>
              {draft.lists.length > 1 && (
                <Field id="which-list" label={t.lists.which}>
                  <Select
                    id="which-list"
                    value={draft.chosen.key}
                    options={draft.lists.map(({ key, name }) => ({ value: key, label: say(name) }))}
                    onChange={setList}
                  />
                </Field>
              )}
              {draft.chosen.yearly && (
                <AskedLine
                  id="list-year"
                  label={t.lists.year4}
                  inputMode="numeric"
                  maxLength={4}
                  value={year}
                  onChange={setYear}
                />
              )}
              <ComposeList key={`${draft.chosen.key} ${draft.year}`} draft={draft} year={validYear} />
            </div>
          )
        }
      </Await>
    </Page>
  )
}
