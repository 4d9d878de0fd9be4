import * as contract from '@tiaoli/contract/features'
import { text } from '@tiaoli/kernel/text'
import type { FastifyReply } from 'fastify'
import type { Mount } from '../../../foundations/http/index.ts'
import { featureOf, type Row } from '../../../foundations/lake/index.ts'
import { Problem, refusalProblem } from '../../../foundations/problems/index.ts'
import { GatewayRefused, type PublicRows } from '../gateway-reader.ts'
import type { OffsetReader } from '../offset-reader.ts'
import { openToAll } from '../open-to-all.ts'
import { allOf, type PublicEntries } from '../public-entries.ts'
import {
  collectionOf,
  filtersOfBox,
  filtersOfProperties,
  filtersOfTime,
  isLocated,
  keyOf,
  type Link,
  type Located,
} from './features.rules.ts'

const json = 'application/json; charset=utf-8'
const geoJson = 'application/geo+json; charset=utf-8'
const mostFeatures = 1_000

const conformance = ['core', 'geojson'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
)

/** OGC API – Features, Part 1: open entries with coordinates as collections, their rows as features. */
export function mountFeatures(
  mount: Mount,
  entries: PublicEntries,
  rows: PublicRows,
  read: OffsetReader,
): void {
  const root = `${entries.base}/ogc`
  const links = (self: string, ...more: Link[]): Link[] => [
    { href: root + self, rel: 'self', type: 'application/json' },
    ...more,
  ]

  mount(contract.getFeaturesLanding, ({ reply }) => {
    const { title, description } = entries.catalogue()
    return openToAll(reply, json).send({
      title: title.zh,
      description: description.zh,
      links: links(
        '',
        {
          href: `${entries.base}/api/v1/openapi.json`,
          rel: 'service-desc',
          type: 'application/vnd.oai.openapi+json;version=3.1',
        },
        { href: `${entries.base}/api/docs`, rel: 'service-doc', type: 'text/html' },
        { href: `${root}/conformance`, rel: 'conformance', type: 'application/json' },
        { href: `${root}/collections`, rel: 'data', type: 'application/json' },
      ),
    })
  })
  mount(contract.getFeaturesConformance, ({ reply }) =>
    openToAll(reply, json).send({ conformsTo: conformance }),
  )
  mount(contract.listFeatureCollections, async ({ query: { limit, after }, reply }) => {
    const wanted = allOf(
      entries.takenFreely,
      { kind: 'located' },
      ...(after === undefined ? [] : [{ kind: 'after' as const, id: after }]),
    )
    const found = await entries.list.entries(wanted, { by: 'id', descending: false }, { limit: limit + 1 })
    const page = found.slice(0, limit)
    const next = `${root}/collections?limit=${limit}&after=${page.at(-1)?.id}`
    return openToAll(reply, json).send({
      links: links(
        '/collections',
        ...(found.length > limit ? [{ href: next, rel: 'next', type: 'application/json' }] : []),
      ),
      collections: page
        .map(entries.described)
        .filter(isLocated)
        .map((entry) => collectionOf(root, entry)),
    })
  })
  mount(contract.getFeatureCollection, async ({ params, reply }) =>
    openToAll(reply, json).send(collectionOf(root, await locatedEntry(params.entryId))),
  )

  mount(contract.listFeatures, async ({ params, query, request, reply }) => {
    const entry = await locatedEntry(params.entryId)
    const limit = Math.min(query.limit, mostFeatures)
    const wanted = {
      filters: [
        ...filtersOfBox(entry, query.bbox),
        ...filtersOfTime(entry, query.datetime),
        ...filtersOfProperties(entry, query),
      ],
      sort: [],
    }
    const { cursor, offset } = query
    const {
      rows: found,
      total,
      recordId,
      place,
    } = await settled(offset === undefined ? byCursor() : byOffset(offset))
    async function byCursor(): Promise<PageOfFeatures> {
      const { value, recordId } = await rows.page(request.ip, entry.id, {
        ...wanted,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return {
        rows: value.rows,
        total: value.total,
        recordId,
        place: value.nextCursor === null ? undefined : ['cursor', value.nextCursor],
      }
    }
    async function byOffset(from: number): Promise<PageOfFeatures> {
      const page = await read(request.ip, entry.id, wanted, from, limit)
      return { ...page, place: page.rows.length < limit ? undefined : ['offset', String(from + limit)] }
    }
    const self = `/collections/${entry.id}/items`
    const asked = Object.entries(query).flatMap(([name, value]) =>
      value === undefined || name === 'cursor' || name === 'offset' ? [] : [[name, String(value)]],
    )
    const next = place && `${root}${self}?${new URLSearchParams([...asked, place])}`
    return ofRows(reply, recordId).send({
      type: 'FeatureCollection',
      ...(total === null ? {} : { numberMatched: total }),
      numberReturned: found.length,
      timeStamp: new Date().toISOString(),
      links: [
        { href: `${root}${self}?${new URLSearchParams(asked)}`, rel: 'self', type: 'application/geo+json' },
        { href: `${root}/collections/${entry.id}`, rel: 'collection', type: 'application/json' },
        ...(next === undefined ? [] : [{ href: next, rel: 'next', type: 'application/geo+json' }]),
      ],
      features: found.map((row) => featureOf(row, entry.place, entry.keyFields)),
    })
  })
  mount(contract.getFeature, async ({ params, request, reply }) => {
    const entry = await locatedEntry(params.entryId)
    const key = keyOf(entry, params.featureId)
    if (key === undefined) throw new Problem('not-found')
    const answer = await settled(rows.row(request.ip, entry.id, key))
    if (answer.value === null) throw new Problem('not-found', { recordId: answer.recordId })
    const collection = `${root}/collections/${entry.id}`
    return ofRows(reply, answer.recordId).send({
      ...featureOf(answer.value, entry.place, entry.keyFields),
      links: [
        {
          href: `${collection}/items/${encodeURIComponent(params.featureId)}`,
          rel: 'self',
          type: 'application/geo+json',
        },
        { href: collection, rel: 'collection', type: 'application/json' },
      ],
    })
  })

  async function locatedEntry(id: string): Promise<Located> {
    const entry = await entries.require(id)
    if (!isLocated(entry))
      throw new Problem('not-found', {
        condition: text('该数据未开放，或者没有坐标', 'The entry is not open, or has no coordinates'),
      })
    return entry
  }
}

type PageOfFeatures = {
  readonly rows: readonly Row[]
  readonly total: number | null
  readonly recordId: string
  /** Parameter by which the next page is asked for. */
  readonly place: string[] | undefined
}

/** Rows are never kept on the way: each time they are given there is a record of it. */
const ofRows = (reply: FastifyReply, recordId: string): FastifyReply =>
  openToAll(reply, geoJson).headers({ 'cache-control': 'no-store', 'tiaoli-record': recordId })

async function settled<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    throw error instanceof GatewayRefused
      ? refusalProblem('refused-by-law', error.refusal, error.recordId)
      : error
  })
}
