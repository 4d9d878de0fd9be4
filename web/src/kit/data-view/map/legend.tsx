import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import styles from './legend.module.css'
import type { ShapeKind } from './shapes.ts'

/** What is drawn in which way, and how many there are of it. */
export function Legend({ counts }: { counts: readonly (readonly [ShapeKind, number])[] }) {
  const { t, language } = usePortalText()
  return (
    <ul className={styles.legend} aria-label={t.looking.legend}>
      {counts.map(([kind, count]) => (
        <li key={kind}>
          <i data-kind={kind} aria-hidden="true" />
          {t.looking.shapeKinds[kind]} {formatNumber(count, language)}
        </li>
      ))}
    </ul>
  )
}
