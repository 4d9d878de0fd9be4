import { DataFactory, type Store, type Term } from 'n3'
import type { ReadEntry, RemoteEntry, RemotePage, Unreadable } from '../harvesting.model.ts'
import { cycleOf, keywordsOf, type Losses, line, plain, remoteIdOf, webAddress } from './words.rules.ts'

const dcat = 'http://www.w3.org/ns/dcat#'
const dct = 'http://purl.org/dc/terms/'
const foaf = 'http://xmlns.com/foaf/0.1/'
const hydra = 'http://www.w3.org/ns/hydra/core#'
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const rdfs = 'http://www.w3.org/2000/01/rdf-schema#'
const skos = 'http://www.w3.org/2004/02/skos/core#'

const named = DataFactory.namedNode

/** The entries of one document of DCAT, and where the next one is. */
export function dcatPage(store: Store, address: string): RemotePage & { readonly next: string | null } {
  const entries: ReadEntry[] = []
  const unreadable: Unreadable[] = []
  for (const dataset of store.getSubjects(named(`${rdf}type`), named(`${dcat}Dataset`), null)) {
    const read = entryOf(store, dataset)
    if ('reason' in read) unreadable.push(read)
    else entries.push(read)
  }
  return { address, entries, unreadable, next: nextOf(store, address) }
}

/** By Hydra in either draft; only within the same server, and never with a scheme that is not the web's. */
function nextOf(store: Store, address: string): string | null {
  for (const name of ['next', 'nextPage'])
    for (const { value } of store.getObjects(null, named(`${hydra}${name}`), null)) {
      if (!URL.canParse(value, address)) continue
      const next = new URL(value, address)
      if (next.origin === new URL(address).origin) return next.href
    }
  return null
}

function entryOf(store: Store, dataset: Term): ReadEntry | Unreadable {
  const losses: Losses = new Set()
  const all = (subject: Term, property: string): Term[] => store.getObjects(subject, named(property), null)
  const words = (subject: Term, property: string): string => inChinese(all(subject, property))
  const identifier = words(dataset, `${dct}identifier`)
  const title = line(words(dataset, `${dct}title`), 200, losses)
  // What has an address is known by it: an identifier may be said of several, and a nameless thing has no other.
  const id = remoteIdOf(dataset.termType === 'NamedNode' ? dataset.value : identifier)
  if (id === '') return { id: '', title, reason: 'no-id' }
  if (title === '') return { id, title: '', reason: 'no-title' }
  const distributions = all(dataset, `${dcat}distribution`)
  if (distributions.length > 0) losses.add('resources')
  const themes = all(dataset, `${dcat}theme`)
  const theme = themes
    .map(({ value }) => /\/themes\/([a-z][a-z-]{0,30})$/.exec(value)?.[1] ?? '')
    .find(Boolean)
  if (themes.length > (theme === undefined ? 0 : 1)) losses.add('theme')
  const labelled = (property: string): string =>
    [dataset, ...distributions]
      .flatMap((each) => all(each, property))
      .map((found) =>
        found.termType === 'Literal'
          ? found.value
          : words(found, `${rdfs}label`) || words(found, `${skos}prefLabel`) || iriOf(found),
      )
      .find(Boolean) ?? ''
  const [publisher] = all(dataset, `${dct}publisher`)
  const entry: RemoteEntry = {
    id,
    title,
    summary: plain(words(dataset, `${dct}description`), 4_000, losses),
    keywords: keywordsOf(
      all(dataset, `${dcat}keyword`)
        .map(({ value }) => value)
        .sort(),
      losses,
    ),
    publisher:
      publisher === undefined
        ? ''
        : line(
            publisher.termType === 'Literal'
              ? publisher.value
              : words(publisher, `${foaf}name`) || iriOf(publisher),
            200,
          ),
    theme: theme ?? '',
    fields: [],
    resources: distributions
      .map((each) => ({
        name: line(words(each, `${dct}title`), 200),
        url: webAddress(
          addressIn(all(each, `${dcat}downloadURL`)) || addressIn(all(each, `${dcat}accessURL`)),
        ),
        format: line(lastPart(addressIn(all(each, `${dct}format`))), 40),
      }))
      // Statements have no order: without one of ours the same entry would look changed.
      .sort((one, other) => order(`${one.url} ${one.name}`, `${other.url} ${other.name}`))
      .slice(0, 50),
    licence: line(labelled(`${dct}license`) || labelled(`${dct}rights`), 200),
    cycle: cycleOf(addressIn(all(dataset, `${dct}accrualPeriodicity`))),
    modified: line(addressIn(all(dataset, `${dct}modified`)), 40),
  }
  return { entry, lost: [...losses] }
}

const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
const iriOf = ({ termType, value }: Term): string => (termType === 'NamedNode' ? value : '')
const lastPart = (value: string): string => value.split(/[/#]/).at(-1) ?? ''
/** The first value by its signs, so that it is the same one next time. */
const addressIn = (terms: readonly Term[]): string =>
  terms
    .filter(({ termType }) => termType !== 'BlankNode')
    .map(({ value }) => value)
    .sort()[0] ?? ''

/** Of several languages Chinese, then what has none, then English, then whatever there is. */
function inChinese(terms: readonly Term[]): string {
  const rank = (language: string): number => {
    if (language.startsWith('zh')) return 0
    if (language === '') return 1
    return language.startsWith('en') ? 2 : 3
  }
  return (
    terms
      .flatMap((term) =>
        term.termType === 'Literal' ? [{ value: term.value, rank: rank(term.language) }] : [],
      )
      .sort((one, other) => one.rank - other.rank || order(one.value, other.value))[0]?.value ?? ''
  )
}
