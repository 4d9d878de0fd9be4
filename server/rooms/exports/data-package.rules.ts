import type { exportPackageSchema } from '@tiaoli/contract/exports'
import type { z } from 'zod'
import { type PlannedField, showingOf } from '../../foundations/gateway/index.ts'
import { type EntryContent, keyFieldsOf, tableFieldOf } from '../catalogue/index.ts'
import { mediaTypeOf } from './export-file.rules.ts'
import type { ExportFile } from './exports.store.ts'

/** A file that was made; nothing of it changes any more. */
export type MadeFile = ExportFile & {
  readonly made: NonNullable<ExportFile['made']>
  readonly sizeBytes: number
  readonly readyAt: Date
}

/**
 * A file that was made in the background as a Frictionless data package (v1): what lies there is known to the byte, so
 * that its length and digest are told. The columns are those of the file, masked as they are in it.
 */
export function packageOfExport(
  { id, made, sizeBytes, readyAt, request }: MadeFile,
  content: EntryContent,
): z.output<typeof exportPackageSchema> {
  const { format, encoding } = request
  const table = format === 'csv'
  const keys = keyFieldsOf(content)
  const unmasked = new Set(made.plan.fields.filter(({ mask }) => mask === 'none').map(({ name }) => name))
  return {
    profile: 'data-package',
    name: id,
    title: content.title,
    created: readyAt.toISOString(),
    snapshot: { id: made.snapshotId },
    resources: [
      {
        profile: table ? 'tabular-data-resource' : 'data-resource',
        name: 'rows',
        title: content.title,
        path: `data.${format}`,
        format,
        mediatype: mediaTypeOf(format),
        bytes: sizeBytes,
        hash: `sha256:${made.sha256}`,
        ...(table && {
          encoding: encoding === 'gb18030' ? encoding : 'utf-8',
          schema: {
            fields: made.plan.fields.map((field) => tableFieldOf(shownField(field, content))),
            missingValues: [''],
            ...(keys.length > 0 && keys.every((name) => unmasked.has(name)) && { primaryKey: keys }),
          },
        }),
      },
    ],
  }
}

/** A masked value is of the type in which it is shown, and has no unit any more. */
function shownField(field: PlannedField, { fields }: EntryContent) {
  const { name, mask } = field
  const said = fields.find((each) => each.name === name)
  const asItIs = mask === 'none'
  return {
    name,
    type: showingOf(field, mask)?.type ?? 'text',
    meaning: said?.meaning ?? '',
    unit: asItIs ? (said?.unit ?? '') : '',
    required: asItIs && said?.required === true,
  }
}
