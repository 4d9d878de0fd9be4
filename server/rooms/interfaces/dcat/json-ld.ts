import { datatypes, prefixes, type RdfWriter, type Resource, type Value } from './graph.ts'

type Json = string | { readonly [key: string]: Json | readonly Json[] }

/** JSON-LD 1.1 (W3C): what belongs to an entry stands within it, as a reader of JSON expects. */
export function jsonLdWriter(): RdfWriter {
  let first = true
  return {
    mediaType: 'application/ld+json; charset=utf-8',
    begin: () => `{"@context":${JSON.stringify(prefixes)},"@graph":[`,
    write: (resources) =>
      resources
        .map((resource) => {
          const before = first ? '\n' : ',\n'
          first = false
          return before + JSON.stringify(nodeOf(resource))
        })
        .join(''),
    end: () => '\n]}\n',
  }
}

const nodeOf = ({ iri, a, says = {} }: Resource): Json => ({
  '@id': iri,
  ...(a.length === 0 ? {} : { '@type': a }),
  ...Object.fromEntries(Object.entries(says).map(([property, values]) => [property, values.map(jsonOf)])),
})

function jsonOf(value: Value): Json {
  if ('a' in value) return nodeOf(value)
  if ('iri' in value) return { '@id': value.iri }
  if ('language' in value) return { '@value': value.text, '@language': value.language }
  return value.type === 'string' ? value.value : { '@value': value.value, '@type': datatypes[value.type] }
}
