import { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/harvest'
import { text } from '@tiaoli/kernel/text'
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import type { Mount } from '../../../foundations/http/index.ts'
import { Problem } from '../../../foundations/problems/index.ts'
import type { EntryCondition } from '../../catalogue/index.ts'
import { readSolr, SolrSyntaxError } from '../ckan/solr.rules.ts'
import { openToAll } from '../open-to-all.ts'
import { allOf, type PublicEntries } from '../public-entries.ts'
import { catalogueResource, datasetResource, listed, pagingResource } from './dcat.rules.ts'
import { formAskedFor, type RdfForm, writers } from './forms.ts'

const pageSize = 100

type CatalogueQuery = z.output<typeof contract.getCatalogueAs.query>

/** The catalogue and its entries as DCAT-AP, at the addresses where harvesters look for them. */
export function mountDcat(mount: Mount, entries: PublicEntries, now: () => Date): void {
  mount(contract.getCatalogueAs, ({ params, query, reply }) => sendCatalogue(reply, params.form, query))
  mount(contract.getCatalogue, ({ query, request, reply }) =>
    negotiated(reply, request.headers.accept, '/search', (form) => sendCatalogue(reply, form, query)),
  )
  mount(contract.getDatasetAs, async ({ params, reply }) => sendDataset(reply, params.form, params.entryId))
  mount(contract.getDataset, async ({ params, request, reply }) => {
    const { id } = await entries.require(params.entryId)
    return negotiated(reply, request.headers.accept, `/entries/${id}`, (form) => sendDataset(reply, form, id))
  })

  async function sendDataset(reply: FastifyReply, form: RdfForm, id: string) {
    const entry = await entries.require(id)
    const writer = writers[form]()
    const body = writer.begin() + writer.write([datasetResource(entries.base, entry)]) + writer.end()
    return openToAll(reply, writer.mediaType).send(body)
  }

  async function sendCatalogue(reply: FastifyReply, form: RdfForm, query: CatalogueQuery) {
    const wanted = await conditionOf(query)
    const catalogue = entries.catalogue()
    const head = catalogueResource(catalogue, await entries.changedAt())
    const writer = writers[form]()
    if (query.whole === true) {
      async function* whole() {
        yield writer.begin() + writer.write([head])
        for await (const page of entries.list.walk(wanted))
          yield writer.write(page.map((entry) => listed(catalogue, entries.described(entry))))
        yield writer.end()
      }
      return openToAll(reply, writer.mediaType).send(Readable.from(whole(), { objectMode: false }))
    }
    const total = await entries.list.count(wanted)
    if (query.page > Math.max(1, Math.ceil(total / pageSize))) throw pastTheEnd()
    const page = await entries.list.entries(
      wanted,
      { by: 'id', descending: false },
      { offset: (query.page - 1) * pageSize, limit: pageSize },
    )
    const addressOf = (number: number) => `${catalogue.uri}.${form}?${searchOf(query, number)}`
    const paging = pagingResource({ page: query.page, pageSize, total, addressOf })
    const listing = page.map((entry) => listed(catalogue, entries.described(entry)))
    return openToAll(reply, writer.mediaType).send(
      writer.begin() + writer.write([head, paging, ...listing]) + writer.end(),
    )
  }

  async function conditionOf({ q, fq, modified_since }: CatalogueQuery): Promise<EntryCondition> {
    const parts = [q, fq].map((query) => solr(query ?? ''))
    const ids = await entries.found(parts.map(({ words }) => words).join(' '))
    return allOf(
      ...parts.map(({ condition }) => condition),
      ...(ids === undefined ? [] : [{ kind: 'is' as const, what: 'id' as const, values: ids }]),
      ...(modified_since === undefined
        ? []
        : [{ kind: 'modified' as const, from: new Date(modified_since), to: null }]),
    )
  }

  function solr(query: string) {
    try {
      return readSolr(query, now(), entries.takenFreely)
    } catch (error) {
      if (!(error instanceof SolrSyntaxError)) throw error
      throw new Problem('bad-request', {
        condition: text(`无法读懂查询条件：${error.message}`, `The query cannot be read: ${error.message}`),
        remedy: text(
          '请写作 信息项:值，例如 groups:enterprise。',
          'Write field:value, such as groups:enterprise.',
        ),
      })
    }
  }
}

/** Readers are sent on to the page; programs are answered in the form they ask for. */
function negotiated(
  reply: FastifyReply,
  accept: string | undefined,
  page: string,
  send: (form: RdfForm) => Promise<unknown>,
): unknown {
  const form = formAskedFor(accept)
  reply.header('vary', 'accept')
  if (form === undefined)
    throw new Problem('not-acceptable', {
      condition: text(
        '可提供 text/turtle、application/ld+json、application/rdf+xml 和网页',
        'There are text/turtle, application/ld+json, application/rdf+xml and a page',
      ),
    })
  return form === 'page' ? reply.redirect(page, 303) : send(form)
}

const searchOf = ({ q, fq, modified_since }: CatalogueQuery, page: number): string =>
  new URLSearchParams({
    ...(q === undefined ? {} : { q }),
    ...(fq === undefined ? {} : { fq }),
    ...(modified_since === undefined ? {} : { modified_since }),
    page: String(page),
  }).toString()

const pastTheEnd = (): Problem =>
  new Problem('not-found', {
    condition: text('目录没有这一页', 'The catalogue has no such page'),
    remedy: text('请从第一页起按 hydra:next 翻页。', 'Begin at the first page and follow hydra:next.'),
  })
