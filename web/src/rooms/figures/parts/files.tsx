import { urlOf } from '@tiaoli/contract/client'
import { exportFigures, type FiguresAnswer } from '@tiaoli/contract/figures'
import { usePortalText } from '../../../text/use-text.ts'

/** The same table as a file. */
export function Files({ answer }: { answer: FiguresAnswer }) {
  const { t, language } = usePortalText()
  const { from, until, by, procedure, organisation } = answer
  const query = {
    ...{ from, until, by, language },
    ...(procedure ? { procedure } : {}),
    ...(organisation ? { organisation: organisation.id } : {}),
  }
  return (
    <p className="row no-print" style={{ '--gap': '4px 14px' } as React.CSSProperties}>
      <span className="quiet">{t.figures.download}</span>
      {(['csv', 'xlsx'] as const).map((format) => (
        <a key={format} href={urlOf(exportFigures, {}, { ...query, format })} download>
          {t.data.formats[format]}
        </a>
      ))}
    </p>
  )
}
