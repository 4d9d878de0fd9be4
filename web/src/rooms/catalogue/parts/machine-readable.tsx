/** The same entry for programs, each link in the words of a standard. */
export function MachineReadable({ entryId, hasData }: { entryId: string; hasData: boolean }) {
  const links = [
    ['DCAT Turtle', `/dataset/${entryId}.ttl`],
    ['DCAT JSON-LD', `/dataset/${entryId}.jsonld`],
    ['DCAT RDF/XML', `/dataset/${entryId}.rdf`],
    ...(hasData ? ([['Data Package', `/dataset/${entryId}/datapackage.json`]] as const) : []),
    ['CKAN', `/api/3/action/package_show?id=${entryId}`],
  ] as const
  return (
    <ul
      style={{ display: 'flex', flexWrap: 'wrap', gap: '8px 24px', margin: 0, padding: 0, listStyle: 'none' }}
    >
      {links.map(([name, href]) => (
        <li key={href}>
          <a href={href}>{name}</a>
        </li>
      ))}
    </ul>
  )
}
