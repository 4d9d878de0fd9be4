import type { Edition } from '@tiaoli/contract/editions'
import type { Text } from '@tiaoli/kernel/text'
import { Link } from 'react-router'
import { formatDate } from '../../../kit/formats.ts'
import type { Column } from '../../../kit/table.tsx'
import type { PortalWords } from '../../../text/parts.ts'

export const editionColumns = (t: PortalWords, say: (text: Text) => string): Column<Edition>[] => [
  {
    key: 'number',
    title: t.compilation.history,
    width: 'unbroken',
    cell: (edition) => <Link to={`/editions/${edition.id}`}>{t.compilation.edition(edition.number)}</Link>,
  },
  { key: 'publisher', title: t.compilation.publisher, cell: (edition) => say(edition.publisher.name) },
  {
    key: 'at',
    title: t.compilation.publishedAt,
    width: 'unbroken',
    cell: (edition) => formatDate(edition.publishedAt),
  },
  { key: 'entries', title: t.compilation.entries, numeric: true, cell: (edition) => edition.entries },
  { key: 'added', title: t.compilation.added, numeric: true, cell: (edition) => edition.added },
  { key: 'changed', title: t.compilation.changed, numeric: true, cell: (edition) => edition.changed },
  { key: 'withdrawn', title: t.compilation.withdrawn, numeric: true, cell: (edition) => edition.withdrawn },
]
