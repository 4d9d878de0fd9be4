import { element, escaped, xmlHead } from '../xml.ts'
import { datatypes, prefixes, type RdfWriter, type Statement, statementsOf, type Value } from './graph.ts'

/** RDF 1.1 XML Syntax (W3C): a description for each resource, nothing nested. No kept library writes it. */
export function rdfXmlWriter(): RdfWriter {
  const declared = Object.entries(prefixes)
    .map(([prefix, address]) => ` xmlns:${prefix}="${escaped(address)}"`)
    .join('')
  return {
    mediaType: 'application/rdf+xml; charset=utf-8',
    begin: () => `${xmlHead}<rdf:RDF${declared}>\n`,
    write: (resources) => resources.flatMap((resource) => describe([...statementsOf(resource)])).join(''),
    end: () => '</rdf:RDF>\n',
  }
}

function describe(statements: readonly Statement[]): string[] {
  const bySubject = Map.groupBy(statements, ({ subject }) => subject)
  return [...bySubject].map(
    ([subject, said]) =>
      `${element(
        'rdf:Description',
        { 'rdf:about': subject },
        ...said.map(({ property, value }) => statement(property, value)),
      )}\n`,
  )
}

function statement(name: string, value: Value): string {
  if ('iri' in value) return element(name, { 'rdf:resource': value.iri })
  if ('language' in value) return element(name, { 'xml:lang': value.language }, escaped(value.text))
  const type = value.type === 'string' ? undefined : datatypes[value.type]
  return element(name, { 'rdf:datatype': type }, escaped(value.value))
}
