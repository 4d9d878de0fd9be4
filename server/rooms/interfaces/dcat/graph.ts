/** What a statement of RDF ends in: a resource, told here or elsewhere, or a literal in a language or of a type. */
export type Value =
  | Resource
  | { readonly iri: string }
  | { readonly text: string; readonly language: 'zh' | 'en' }
  | { readonly value: string; readonly type: keyof typeof datatypes }

/**
 * Something with an address, and what is said of it. Everything has an address: without nameless things two answers
 * can be compared statement by statement, and each writer may begin anew with every entry.
 */
export type Resource = {
  readonly iri: string
  /** Prefixed names of its classes. */
  readonly a: readonly string[]
  /** By prefixed name of the property. */
  readonly says?: Readonly<Record<string, readonly Value[]>>
}

export const prefixes = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

export const datatypes = {
  dateTime: `${prefixes.xsd}dateTime`,
  integer: `${prefixes.xsd}integer`,
  string: `${prefixes.xsd}string`,
} as const

/** The full name of a prefixed one. */
export function expanded(name: string): string {
  const colon = name.indexOf(':')
  return prefixes[name.slice(0, colon) as keyof typeof prefixes] + name.slice(colon + 1)
}

export type Statement = { readonly subject: string; readonly property: string; readonly value: Value }

/** All that a resource says, and what the resources within it say, one statement after the other. */
export function* statementsOf(resource: Resource): Generator<Statement> {
  const { iri: subject, a, says = {} } = resource
  for (const each of a) yield { subject, property: 'rdf:type', value: { iri: expanded(each) } }
  for (const [property, values] of Object.entries(says))
    for (const value of values) {
      yield { subject, property, value: 'iri' in value ? { iri: value.iri } : value }
      if ('a' in value) yield* statementsOf(value)
    }
}

/** Writes resources one after the other; what it has written is forgotten at once. */
export type RdfWriter = {
  readonly mediaType: string
  begin(): string
  write(resources: readonly Resource[]): string
  end(): string
}
