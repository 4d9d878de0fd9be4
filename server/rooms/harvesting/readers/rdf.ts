import { Readable } from 'node:stream'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { Parser, type Quad, Store } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { MalformedError } from './malformed.ts'

export const rdfTypes =
  'text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, application/n-triples;q=0.7'

/** So many statements a document may have: more is a catalogue that should have come in pages. */
const mostStatements = 1_000_000
/** Deeper nesting than any catalogue has brings a reader of JSON-LD down. */
const deepest = 60

/**
 * Reads a document of RDF in whichever of the usual forms it is. Nothing is fetched: neither contexts of JSON-LD nor
 * entities of XML.
 *
 * @throws MalformedError where it cannot be read
 */
export async function readRdf(text: string, mediaType: string, base: string): Promise<Store> {
  const form = formOf(text, mediaType)
  const store = new Store()
  const add = (quad: Quad): void => {
    if (store.size >= mostStatements) throw new MalformedError('too many statements')
    store.addQuad(quad)
  }
  try {
    if (form === 'turtle') for (const quad of new Parser({ baseIRI: base }).parse(text)) add(quad)
    else for await (const quad of streamed(text, form, base)) add(quad)
  } catch (cause) {
    throw cause instanceof MalformedError ? cause : new MalformedError(`not ${form}`, cause)
  }
  return store
}

type Form = 'turtle' | 'json-ld' | 'rdf-xml'

/** By the media type; where the server names none of them, by how the document begins. */
function formOf(text: string, mediaType: string): Form {
  if (/turtle|n-triples|n3$/.test(mediaType)) return 'turtle'
  if (/json/.test(mediaType)) return 'json-ld'
  if (/xml/.test(mediaType)) return 'rdf-xml'
  const [first] = text.trimStart()
  if (first === '{' || first === '[') return 'json-ld'
  return first === '<' && /^\s*<(?:\?xml|rdf:RDF|!DOCTYPE)/i.test(text) ? 'rdf-xml' : 'turtle'
}

function streamed(text: string, form: 'json-ld' | 'rdf-xml', base: string): AsyncIterable<Quad> {
  if (form === 'rdf-xml') {
    if (/<!ENTITY/i.test(text.slice(0, 100_000))) throw new MalformedError('declares entities')
    if (!isWhole(text)) throw new MalformedError('breaks off')
    return piped(text, new RdfXmlParser({ baseIRI: base }))
  }
  refuseDeep(text)
  const documentLoader = {
    load: (url: string) => Promise.reject(new MalformedError(`a context elsewhere: ${url.slice(0, 200)}`)),
  }
  return piped(text, new JsonLdParser({ baseIRI: base, documentLoader }))
}

// The readers' streams are of another library of streams with the same behaviour.
const piped = (text: string, parser: RdfXmlParser | JsonLdParser): AsyncIterable<Quad> =>
  Readable.from([text]).compose(parser as unknown as NodeJS.ReadWriteStream) as AsyncIterable<Quad>

/** The reader takes what breaks off for a document that ends there: entries would be missing. */
function isWhole(xml: string): boolean {
  const root = /<([A-Za-z_][\w.:-]*)/.exec(xml)?.[1]
  const end = xml.slice(-2_000).replace(/(?:\s|<!--[^>]*-->)+$/, '')
  return root !== undefined && (end.endsWith(`</${root}>`) || end.endsWith('/>'))
}

function refuseDeep(text: string): void {
  let depth = 0
  let inside = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (inside) {
      if (sign === '\\') at += 1
      else if (sign === '"') inside = false
    } else if (sign === '"') inside = true
    else if (sign === '{' || sign === '[') {
      depth += 1
      if (depth > deepest) throw new MalformedError('nested too deeply')
    } else if (sign === '}' || sign === ']') depth -= 1
  }
}
