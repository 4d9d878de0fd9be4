import styles from './progress-bar.module.css'

/** How far long work is, in words and as a bar. */
export function ProgressBar({ label, fraction, note }: { label: string; fraction: number; note?: string }) {
  const percent = Math.round(Math.max(0, Math.min(1, fraction)) * 100)
  return (
    <div className={styles.progress}>
      <p className="row spread">
        <strong>{label}</strong>
        <span className="quiet number">
          {percent}%{note && ` · ${note}`}
        </span>
      </p>
      <progress aria-label={label} max={100} value={percent} />
    </div>
  )
}
