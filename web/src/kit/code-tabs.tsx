import { useId, useState } from 'react'
import styles from './code-tabs.module.css'
import { CopyButton } from './copy.tsx'

/** The same call in several languages; the chosen one can be copied whole. */
export function CodeTabs({
  label,
  examples,
}: {
  label: string
  examples: ReadonlyArray<{ name: string; code: string }>
}) {
  const [chosen, choose] = useState(0)
  const id = useId()
  const example = examples[chosen] ?? examples[0]
  if (!example) return null
  /** Arrow keys move between tabs, as the tab pattern of ARIA asks. */
  function move(event: React.KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = (chosen + step + examples.length) % examples.length
    choose(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }
  return (
    <div className={styles.tabs}>
      <div className={`${styles.head} no-print`}>
        <div role="tablist" aria-label={label} onKeyDown={move}>
          {examples.map(({ name }, index) => (
            <button
              key={name}
              id={`${id}-${index}`}
              type="button"
              role="tab"
              aria-selected={index === chosen}
              aria-controls={`${id}-panel`}
              tabIndex={index === chosen ? 0 : -1}
              onClick={() => choose(index)}
            >
              {name}
            </button>
          ))}
        </div>
        <CopyButton value={example.code} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre id={`${id}-panel`} role="tabpanel" tabIndex={0} aria-labelledby={`${id}-${chosen}`}>
        <code>{example.code}</code>
      </pre>
    </div>
  )
}
