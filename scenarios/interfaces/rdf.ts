import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { Parser, type Quad, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import { RdfXmlParser } from 'rdfxml-streaming-parser'

/** Reads RDF as strangers' libraries read it, whatever form it is in. */
export async function readRdf(mediaType: string, text: string): Promise<Quad[]> {
  if (/turtle|n3/.test(mediaType)) return new Parser({ baseIRI: 'urn:none:' }).parse(text)
  const parser = mediaType.includes('xml') ? new RdfXmlParser() : new JsonLdParser()
  const quads: Quad[] = []
  // biome-ignore lint/suspicious/noExplicitAny: the parsers' own stream types are of another library of streams
  for await (const quad of Readable.from([text]).pipe(parser as any)) quads.push(quad)
  return quads
}

/** Statements in one spelling, sorted, each once: what two forms of the same thing have in common. */
export const statements = (quads: readonly Quad[]): string[] =>
  [
    ...new Set(
      quads.map(({ subject, predicate, object }) =>
        [
          subject.value,
          predicate.value,
          object.value,
          object.termType === 'Literal' ? `${object.language}^${object.datatype.value}` : object.termType,
        ].join(' '),
      ),
    ),
  ].sort()

const shapes = ['dcat-ap-3.0.1.ttl', 'dcat-ap-3.0.1-ranges.ttl'].map((name) =>
  new Parser().parse(readFileSync(new URL(`./shapes/${name}`, import.meta.url), 'utf8')),
)

/** What the official shapes of DCAT-AP 3.0.1 find wrong: the thing, the message and the value of each violation. */
export async function violations(quads: readonly Quad[]): Promise<string[]> {
  const found: string[] = []
  for (const shape of shapes) {
    const report = await new SHACLValidator(new Store(shape)).validate(new Store([...quads]))
    for (const { severity, focusNode, message, value } of report.results)
      if (severity?.value.endsWith('Violation'))
        found.push([focusNode?.value, ...message.map(({ value: text }) => text), value?.value].join(' '))
  }
  return found
}
