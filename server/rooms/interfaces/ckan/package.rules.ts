import type { EntryField } from '@tiaoli/contract/catalogue'
import type { Text } from '@tiaoli/kernel/text'
import type { DescribedEntry } from '../described.model.ts'

/** CKAN writes moments in UTC without a zone, to the microsecond. */
const moment = (at: Date): string => at.toISOString().replace(/Z$/, '000')

export const resourceIdOf = (entryId: string, format: string): string => `${entryId}.${format}`
/** The entry that a resource belongs to. */
export const entryIdOf = (resourceId: string): string => resourceId.split('.')[0]!

export function resourcesOf(entry: DescribedEntry): object[] {
  return entry.downloads.map(({ format, mediaType, url }, position) => ({
    id: resourceIdOf(entry.id, format),
    package_id: entry.id,
    position,
    name: `${entry.title}（${format.toUpperCase()}）`,
    description: entry.citation.zh,
    format: format.toUpperCase(),
    mimetype: mediaType,
    mimetype_inner: null,
    size: null,
    hash: '',
    created: moment(entry.issuedAt),
    last_modified: moment(entry.dataAt ?? entry.modifiedAt),
    metadata_modified: moment(entry.modifiedAt),
    url,
    url_type: null,
    resource_type: 'file',
    state: 'active',
    cache_url: null,
    cache_last_updated: null,
    // Every form has the same rows: one of them is asked for rows, so that nobody counts them five times.
    datastore_active: format === 'csv',
  }))
}

export const organisationOf = (id: string, name: Text): object => ({
  id,
  name: id,
  title: name.zh,
  display_name: name.zh,
  type: 'organization',
  description: name.en,
  image_url: '',
  image_display_url: '',
  is_organization: true,
  approval_status: 'approved',
  state: 'active',
})

export const groupOf = (key: string, title: Text): object => ({
  id: key,
  name: key,
  title: title.zh,
  display_name: title.zh,
  type: 'group',
  description: title.en,
  image_url: '',
  image_display_url: '',
  is_organization: false,
  approval_status: 'approved',
  state: 'active',
})

export const tagOf = (name: string): object => ({
  id: name,
  name,
  display_name: name,
  state: 'active',
  vocabulary_id: null,
})

/** A dataset as `package_show` gives it, with every member that strict harvesters look for. */
export function packageOf(entry: DescribedEntry): object {
  const resources = resourcesOf(entry)
  return {
    id: entry.id,
    name: entry.id,
    title: entry.title,
    notes: entry.summary,
    type: 'dataset',
    state: 'active',
    private: false,
    isopen: false,
    license_id: 'notspecified',
    license_title: 'License not specified',
    license_url: null,
    author: entry.provider.name.zh,
    author_email: '',
    maintainer: entry.provider.name.zh,
    maintainer_email: '',
    url: entry.page,
    version: '',
    creator_user_id: null,
    metadata_created: moment(entry.issuedAt),
    metadata_modified: moment(entry.modifiedAt),
    owner_org: entry.provider.id,
    organization: organisationOf(entry.provider.id, entry.provider.name),
    groups: [groupOf(entry.theme.key, entry.theme.title)],
    tags: entry.keywords.map(tagOf),
    num_tags: entry.keywords.length,
    resources,
    num_resources: resources.length,
    extras: Object.entries({
      number: entry.number,
      openness: entry.openness,
      frequency: entry.updateCycle ?? '',
      citation: entry.citation.zh,
    }).map(([key, value]) => ({ key, value })),
    relationships_as_subject: [],
    relationships_as_object: [],
  }
}

const columnTypes: Partial<Record<EntryField['type'], string>> = {
  integer: 'int',
  decimal: 'numeric',
  longitude: 'numeric',
  latitude: 'numeric',
  boolean: 'bool',
  date: 'date',
  time: 'time',
  instant: 'timestamp',
}
/** The type of a column as CKAN's DataStore names it. */
export const columnTypeOf = (type: EntryField['type']): string => columnTypes[type] ?? 'text'
