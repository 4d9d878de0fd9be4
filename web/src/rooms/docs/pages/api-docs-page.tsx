import { Page } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useOpenApi } from '../docs.queries.ts'
import { groupsOf, titleOf } from '../open-api.ts'
import { Interfaces } from '../parts/interfaces.tsx'
import { OperationView } from '../parts/operation-view.tsx'
import styles from './api-docs-page.module.css'

export default function ApiDocsPage() {
  const { t, language } = useText()
  const groupName = (key: string) => t.docs.groups[key as keyof typeof t.docs.groups] ?? key
  return (
    <Page title={t.docs.title} lead={t.docs.lead} actions={<a href="/api/v1/openapi.json">openapi.json</a>}>
      <Await reading={useOpenApi()} lines={12}>
        {(document) => {
          const groups = groupsOf(document)
          return (
            <div className={styles.docs}>
              <nav aria-label={t.docs.contents} className={styles.contents}>
                {groups.map(({ name, operations }) => (
                  <details key={name}>
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
        }}
      </Await>
    </Page>
  )
}
