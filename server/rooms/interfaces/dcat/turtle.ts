import { DataFactory, Writer } from 'n3'
import { datatypes, expanded, prefixes, type RdfWriter, statementsOf, type Value } from './graph.ts'

const { literal, namedNode, quad } = DataFactory

const termOf = (value: Value) => {
  if ('iri' in value) return namedNode(value.iri)
  return 'language' in value
    ? literal(value.text, value.language)
    : literal(value.value, namedNode(datatypes[value.type]))
}

/** Turtle (W3C), with the prefixes told once at its head. */
export function turtleWriter(): RdfWriter {
  let written = ''
  const take = (): string => {
    const text = written
    written = ''
    return text
  }
  const into = {
    write: (chunk: string, _encoding: string, done?: () => void) => {
      written += chunk
      done?.()
    },
    end: (done?: () => void) => done?.(),
  }
  const writer = new Writer(into, { prefixes })
  return {
    mediaType: 'text/turtle; charset=utf-8',
    begin: take,
    write(resources) {
      for (const resource of resources)
        for (const { subject, property, value } of statementsOf(resource))
          writer.addQuad(quad(namedNode(subject), namedNode(expanded(property)), termOf(value)))
      return take()
    },
    end() {
      writer.end()
      return take()
    },
  }
}
