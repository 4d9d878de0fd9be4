import { useMemo, useState } from 'react'
import { Input } from '../../../kit/controls/inputs.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useOpenApi } from '../docs.queries.ts'
import { groupsOf, groupsWith, type OpenApi, titleOf } from '../open-api.ts'
import { Interfaces } from '../parts/interfaces.tsx'
import { OperationView } from '../parts/operation-view.tsx'
import styles from './api-docs-page.module.css'

export default function ApiDocsPage() {
  const { t } = usePortalText()
  return (
    <Page title={t.docs.title} lead={t.docs.lead} actions={<a href="/api/v1/openapi.json">openapi.json</a>}>
      <Await reading={useOpenApi()} lines={12}>
        {(document) => {
          return <Documented document={document} />
        }}
      </Await>
    </Page>
  )
}

function Documented({ document }: { document: OpenApi }) {
  const { t, language } = usePortalText()
  const [words, setWords] = useState('')
  const all = useMemo(() => groupsOf(document), [document])
  const groupName = (key: string) => t.docs.groups[key as keyof typeof t.docs.groups] ?? key
  const groups = groupsWith(all, words, groupName)
  return (
    <div className={styles.docs}>
      <nav aria-label={t.docs.contents} className={styles.contents}>
        <Input
          type="search"
          aria-label={t.docs.filter}
          placeholder={t.docs.filter}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <p role="status" className="quiet small">
          {words.trim() !== '' && t.docs.matching(groups.flatMap(({ operations }) => operations).length)}
        </p>
        {groups.map(({ name, operations }) => (
          <details key={name} open={words.trim() !== '' || undefined}>
            <summary>{groupName(name)}</summary>
            <ul>
              {operations.map((operation) => (
                <li key={operation.id}>
                  <a href={`#${operation.id}`}>{titleOf(operation, language)}</a>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </nav>
      <div className="stack" style={{ '--gap': '48px' } as React.CSSProperties}>
        <section className="stack measure" style={{ '--gap': '16px' } as React.CSSProperties}>
          <h2>{t.docs.start}</h2>
          {t.docs.startExplained.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
        <Interfaces />
        {groups.map(({ name, operations }) => (
          <section key={name} className="stack" style={{ '--gap': '40px' } as React.CSSProperties}>
            <h2>{groupName(name)}</h2>
            {operations.map((operation) => (
              <OperationView key={operation.id} document={document} operation={operation} />
            ))}
          </section>
        ))}
      </div>
    </div>
  )
}
