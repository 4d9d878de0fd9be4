import * as contract from '@tiaoli/contract/exports'
import { type Mount, rangeAsked } from '../../foundations/http/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { mediaTypeOf } from './export-file.rules.ts'
import { type Exports, etagOf } from './exports.service.ts'
import type { ExportFile } from './exports.store.ts'

export function mountExports(mount: Mount, exports: Exports): void {
  async function show(files: readonly ExportFile[]): Promise<contract.Export[]> {
    const titles = await exports.titlesOf(files.map(({ entryId }) => entryId))
    return files.map((file) => ({
      id: file.id,
      entry: { id: file.entryId, title: titles.get(file.entryId) ?? '' },
      grantId: file.grantId,
      scenario: file.request.scenario ?? null,
      format: file.request.format,
      fields:
        file.made?.plan.fields.map(({ name }) => name) ??
        (file.request.fields && [...file.request.fields]) ??
        null,
      state: file.state,
      refusal: file.refusal && {
        article: file.refusal.article ?? null,
        condition: file.refusal.condition,
        remedy: file.refusal.remedy ?? null,
      },
      rows: file.made?.rows ?? null,
      sizeBytes: file.sizeBytes,
      sha256: file.made?.sha256 ?? null,
      askedAt: file.askedAt.toISOString(),
      readyAt: file.readyAt?.toISOString() ?? null,
      expiresAt: file.expiresAt?.toISOString() ?? null,
      recordId: file.recordId,
    }))
  }
  const showOne = async (file: ExportFile) => (await show([file]))[0]!

  mount(contract.startExport, async ({ params, body, session }) => {
    const { format, encoding, fields, where, grant, scenario, snapshot } = body
    return showOne(
      await exports.start(session, params.entryId, {
        format,
        filters: where,
        ...(encoding && { encoding }),
        ...(fields && { fields }),
        ...(grant && { grantId: grant }),
        ...(scenario && { scenario }),
        ...(snapshot && { snapshotId: snapshot }),
      }),
    )
  })
  mount(contract.listExports, async ({ query, session }) => ({
    items: await show(await exports.list(session, query.grant)),
  }))
  mount(contract.getExport, async ({ params, session }) =>
    showOne(await exports.get(session, params.exportId)),
  )
  mount(contract.collectExport, async ({ params, session, request, reply }) => {
    const { range, 'if-range': ifRange } = request.headers
    const { file, part, stream, recordId } = await exports.collect(session, params.exportId, (kept) => {
      const asked = rangeAsked(range, typeof ifRange === 'string' ? ifRange : undefined, kept)
      if (asked !== 'unsatisfiable') return asked
      reply.header('content-range', `bytes */${kept.sizeBytes}`)
      throw new Problem('range-not-there')
    })
    const { title } = (await showOne(file)).entry
    const { format, encoding } = file.request
    const size = file.sizeBytes!
    reply.header('accept-ranges', 'bytes')
    reply.header('etag', etagOf(file))
    reply.header('content-length', part === null ? size : part.last - part.first + 1)
    if (part !== null) reply.code(206).header('content-range', `bytes ${part.first}-${part.last}/${size}`)
    reply.header(
      'content-disposition',
      `attachment; filename="data.${format}"; filename*=UTF-8''${encodeURIComponent(`${title}.${format}`)}`,
    )
    reply.header('tiaoli-record', recordId)
    reply.header('tiaoli-snapshot', file.made!.snapshotId)
    const charset = encoding && encoding !== 'utf-8-bom' ? encoding : 'utf-8'
    const mediaType = mediaTypeOf(format)
    return reply.type(format === 'csv' ? `${mediaType}; charset=${charset}` : mediaType).send(stream)
  })
  mount(contract.getExportPackage, ({ params, session }) => exports.describe(session, params.exportId))
  mount(contract.dropExport, async ({ params, session }) => {
    await exports.drop(session, params.exportId)
    return { dropped: true as const }
  })
}
