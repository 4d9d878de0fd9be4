import { CodeTabs } from '../../../kit/code-tabs.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import {
  curlOf,
  jsonBody,
  meaningOf,
  type OpenApi,
  type Operation,
  resolve,
  type Schema,
  titleOf,
  typeWords,
} from '../open-api.ts'
import styles from './operation-view.module.css'

/** One operation: what it does, what it takes, a call that can be copied, what it answers. */
export function OperationView({ document, operation }: { document: OpenApi; operation: Operation }) {
  const { t, language } = usePortalText()
  const title = titleOf(operation, language)
  const body = resolve(document, jsonBody(operation.requestBody?.content))
  const rows = [
    ...(operation.parameters ?? []).map((one) => ({
      name: one.name,
      place: t.docs.places[one.in],
      required: one.required ?? false,
      schema: resolve(document, one.schema),
      meaning: meaningOf(one, language) || meaningOf(one.schema, language),
    })),
    ...propertiesOf(body).map((one) => ({ ...one, place: t.docs.places.body })),
  ]
  return (
    <article id={operation.id} className={styles.operation}>
      <header>
        <h3>{title}</h3>
        <p className={styles.address}>
          <strong data-method={operation.method}>{operation.method}</strong> <code>{operation.path}</code>
        </p>
      </header>
      {rows.length > 0 && (
        <Table
          caption={t.docs.parametersOf(title)}
          rows={rows}
          rowKey={(row) => `${row.place} ${row.name}`}
          columns={[
            {
              key: 'name',
              title: t.docs.name,
              cell: (row) => (
                <>
                  <code>{row.name}</code>{' '}
                  {row.required && <span className="quiet small">{t.docs.required}</span>}
                </>
              ),
            },
            { key: 'place', title: t.docs.place, cell: (row) => row.place },
            { key: 'type', title: t.docs.type, cell: (row) => <code>{typeWords(row.schema)}</code> },
            { key: 'meaning', title: t.docs.meaning, cell: (row) => row.meaning },
          ]}
        />
      )}
      <CodeTabs
        label={title}
        examples={[{ name: 'curl', code: curlOf(document, operation, window.location.origin) }]}
      />
      <Answers document={document} operation={operation} />
    </article>
  )

  function propertiesOf(schema: Schema | undefined) {
    return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
      name,
      required: schema?.required?.includes(name) ?? false,
      schema: resolve(document, property),
      meaning: meaningOf(property, language),
    }))
  }
}

function Answers({ document, operation }: { document: OpenApi; operation: Operation }) {
  const { t, language } = usePortalText()
  const answers = Object.entries(operation.responses ?? {})
  if (answers.length === 0) return null
  return (
    <details>
      <summary className={styles.summary}>{t.docs.answers}</summary>
      <dl className={styles.answers}>
        {answers.map(([status, answer]) => {
          const schema = resolve(document, jsonBody(answer.content))
          const fields = Object.entries(schema?.properties ?? {})
          return (
            <div key={status}>
              <dt>
                <code>{status}</code>
              </dt>
              <dd>
                {answer.description && (
                  <p className="pre-line">
                    {status.startsWith('2') ? titleOf(operation, language) : answer.description}
                  </p>
                )}
                {fields.map(([name, property]) => (
                  <p key={name} className="small">
                    <code>{name}</code>{' '}
                    <span className="quiet">
                      {typeWords(resolve(document, property))} {meaningOf(property, language)}
                    </span>
                  </p>
                ))}
              </dd>
            </div>
          )
        })}
      </dl>
    </details>
  )
}
