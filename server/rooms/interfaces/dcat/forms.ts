import type { RdfWriter } from './graph.ts'
import { jsonLdWriter } from './json-ld.ts'
import { rdfXmlWriter } from './rdf-xml.ts'
import { turtleWriter } from './turtle.ts'

/** Writers by the ending of an address. Turtle is N3 as it stands; `.xml` is what older harvesters call RDF/XML. */
export const writers = {
  ttl: turtleWriter,
  n3: () => ({ ...turtleWriter(), mediaType: 'text/n3; charset=utf-8' }),
  jsonld: jsonLdWriter,
  rdf: rdfXmlWriter,
  xml: rdfXmlWriter,
} as const satisfies Record<string, () => RdfWriter>

export type RdfForm = keyof typeof writers

/** What may be asked for in an Accept header, by preference where the asker has none. */
const accepted: readonly (readonly [type: string, form: RdfForm | 'page'])[] = [
  ['text/turtle', 'ttl'],
  ['text/n3', 'n3'],
  ['application/ld+json', 'jsonld'],
  ['application/rdf+xml', 'rdf'],
  ['application/xml', 'rdf'],
  ['application/json', 'jsonld'],
  ['text/html', 'page'],
  ['application/xhtml+xml', 'page'],
]

/**
 * The form that an Accept header (RFC 9110, 12.5.1) asks for; undefined where none of ours will do. Parts that are
 * no media range are passed over, and a header that has nothing else is as good as none.
 */
export function formAskedFor(accept: string | undefined): RdfForm | 'page' | undefined {
  const ranges = (accept ?? '')
    .slice(0, 2_000)
    .split(',')
    .flatMap((part) => {
      const [range = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
      if (!/^[\w.+*-]+\/[\w.+*-]+$/.test(range)) return []
      const quality = parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1'
      return [{ range, quality: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality) ? Number(quality) : 0 }]
    })
  if (ranges.length === 0) return 'ttl'
  const qualityOf = (type: string): number => {
    const wide = `${type.split('/')[0]}/*`
    return (
      [type, wide, '*/*'].map((name) => ranges.find(({ range }) => range === name)).find(Boolean)?.quality ??
      0
    )
  }
  let best: { form: RdfForm | 'page'; quality: number } | undefined
  for (const [type, form] of accepted) {
    const quality = qualityOf(type)
    if (quality > (best?.quality ?? 0)) best = { form, quality }
  }
  return best?.form
}
