import { themes } from '@tiaoli/kernel/themes'
import type { ReadEntry, RemoteEntry, RemoteField, RemotePage, Unreadable } from '../harvesting.model.ts'
import { MalformedError } from './malformed.ts'
import { cycleOf, keywordsOf, type Losses, line, plain, remoteIdOf, webAddress } from './words.rules.ts'

type Told = Readonly<Record<string, unknown>>
const isTold = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const toldIn = (value: unknown): Told[] => listOf(value).slice(0, 1_000).filter(isTold)

/** So many entries are asked for at once. */
export const ckanPageSize = 100

/** The address of a page of the Action API v3; `base` may be the site or its `/api/3`. */
export function ckanAddress(base: string, start: number): URL {
  const root = new URL(base)
  const folder = root.pathname.replace(/\/(?:api(?:\/3)?(?:\/action)?)?\/*$/, '').replace(/\/+$/, '')
  const address = new URL(`${folder}/api/3/action/package_search`, root)
  const search = { q: '*:*', rows: String(ckanPageSize), start: String(start), sort: 'id asc' }
  address.search = new URLSearchParams(search).toString()
  return address
}

/**
 * Reads an answer of `package_search`.
 *
 * @throws MalformedError where it is no such answer
 */
export function ckanPage(text: string, address: string): RemotePage & { readonly listed: number } {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch (cause) {
    throw new MalformedError('not JSON', cause)
  }
  const result = isTold(answer) && answer.success === true ? answer.result : undefined
  if (!isTold(result) || !Array.isArray(result.results)) throw new MalformedError('no package_search result')
  const entries: ReadEntry[] = []
  const unreadable: Unreadable[] = []
  for (const each of result.results) {
    const read = isTold(each) ? entryOf(each) : ({ id: '', title: '', reason: 'not-an-entry' } as const)
    if ('reason' in read) unreadable.push(read)
    else entries.push(read)
  }
  return { address, entries, unreadable, listed: result.results.length }
}

function entryOf(told: Told): ReadEntry | Unreadable {
  const losses: Losses = new Set()
  const id = remoteIdOf(told.id)
  const title = line(told.title, 200, losses) || line(told.name, 200, losses)
  if (id === '') return { id: '', title, reason: 'no-id' }
  if (title === '') return { id, title: '', reason: 'no-title' }
  const extras = new Map(toldIn(told.extras).map(({ key, value }) => [String(key), value]))
  const resources = toldIn(told.resources)
  if (resources.length > 0) losses.add('resources')
  const groups = toldIn(told.groups).map(({ name }) => String(name))
  // A group is a theme where it goes by the key of one.
  const theme = groups.find((name) => Object.hasOwn(themes, name)) ?? ''
  if (groups.length > (theme === '' ? 0 : 1)) losses.add('theme')
  const fields = fieldsOf(resources, losses)
  const entry: RemoteEntry = {
    id,
    title,
    summary: plain(told.notes, 4_000, losses),
    keywords: keywordsOf(
      toldIn(told.tags).map((tag) => tag.display_name ?? tag.name),
      losses,
    ),
    publisher: isTold(told.organization)
      ? line(told.organization.title, 200) || line(told.organization.name, 200)
      : '',
    theme,
    fields,
    resources: resources.slice(0, 50).map((resource) => ({
      name: line(resource.name, 200),
      url: webAddress(resource.url),
      format: line(resource.format, 40),
    })),
    licence: line(told.license_title, 200) || line(told.license_id, 200),
    cycle: cycleOf(extras.get('frequency') ?? told.frequency),
    modified: line(told.metadata_modified, 40),
  }
  return { entry, lost: [...losses] }
}

/** Columns, where a resource comes with the data dictionary of its table. */
function fieldsOf(resources: readonly Told[], losses: Losses): RemoteField[] {
  for (const resource of resources) {
    const schema = isTold(resource.schema) ? resource.schema : undefined
    const columns = toldIn(resource.fields ?? schema?.fields)
    if (columns.length === 0) continue
    return columns.flatMap((column) => {
      const name = line(column.id ?? column.name, 100, losses)
      if (name === '' || name === '_id') return []
      const info = isTold(column.info) ? column.info : {}
      return {
        name,
        type: line(column.type, 40),
        meaning: line(info.notes ?? info.label ?? column.description ?? column.title, 500),
        unit: '',
        sensitivity: '',
        key: false,
      }
    })
  }
  return []
}
