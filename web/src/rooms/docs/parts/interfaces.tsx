import { usePortalText } from '../../../text/use-text.ts'

/** Addresses that follow a standard, each as a call that works here. */
const examples = [
  ['dcat', '/catalog.ttl?page=1'],
  ['ckan', '/api/3/action/package_search?rows=5'],
  ['features', '/ogc/collections'],
  ['mcp', '/mcp'],
  ['feed', '/feeds/entries.atom'],
] as const

/** The interfaces that follow a standard: what programs made for it can do here, with an address to try. */
export function Interfaces() {
  const { t } = usePortalText()
  return (
    <section className="stack measure" style={{ '--gap': '16px' } as React.CSSProperties}>
      <h2 id="standards">{t.docs.standards}</h2>
      <p>{t.docs.standardsLead}</p>
      <dl className="stack" style={{ '--gap': '12px' } as React.CSSProperties}>
        {examples.map(([key, path]) => (
          <div key={key}>
            <dt>
              <strong>{t.docs.standard[key].name}</strong>
            </dt>
            <dd style={{ margin: 0 }}>
              {t.docs.standard[key].what} {/* What is asked by POST alone is no link. */}
              {key === 'mcp' ? <code>{path}</code> : <a href={path}>{path}</a>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
