import type { Case } from '@tiaoli/contract/cases'
import { useState } from 'react'
import { usePortalText } from '../text/use-text.ts'
import { ActForm } from './act-form/act-form.tsx'
import type { Content } from './act-form/check-content.ts'
import type { ChoosableField } from './act-form/fields-control.tsx'
import styles from './act-panel.module.css'
import { Button } from './controls/button.tsx'
import { Follows } from './follows.tsx'
import { ObstacleView } from './problem-view.tsx'

/** The acts that the caller may do now. One is opened at a time; one that is barred says why. */
export function ActPanel({
  found,
  choosable,
  onAct,
  elsewhere,
  drafted,
}: {
  found: Case
  choosable: readonly ChoosableField[]
  onAct: (act: string, content: Content, version: number) => Promise<unknown>
  elsewhere?: (path: string) => string
  /** What the form of one act starts from, where the platform has drafted it. */
  drafted?: { readonly act: string; readonly content: Content } | null
}) {
  const { t, say } = usePortalText()
  const [chosen, choose] = useState<string | null>(null)
  const act = found.acts.find(({ key }) => key === chosen)
  if (found.acts.length === 0) return <p className="quiet">{t.cases.noActs}</p>
  if (act && !act.blocked) {
    return (
      <section className={styles.panel} data-testid={`act-${act.key}`}>
        <h3>{say(act.title)}</h3>
        {act.warnings.map((warning) => (
          <p key={warning.zh} className={styles.warning}>
            {say(warning)}
          </p>
        ))}
        <ActForm
          key={act.key}
          name={say(act.title)}
          fields={act.content}
          choosable={choosable}
          draftKey={`${found.id}.${act.key}`}
          repliesFor={found.procedure.key}
          submitLabel={t.form.confirmAct(say(act.title))}
          danger={act.tone === 'danger'}
          follows={<Follows procedure={found.procedure.key} act={act} />}
          {...(elsewhere ? { elsewhere } : {})}
          initial={{ ...(drafted?.act === act.key ? drafted.content : {}), ...carried(found, act) }}
          onCancel={() => choose(null)}
          onSubmit={async (content) => {
            await onAct(act.key, content, found.version)
            // Until all is read again somebody may have opened the next one.
            choose((open) => (open === act.key ? null : open))
          }}
        />
      </section>
    )
  }
  return (
    <ul className={styles.acts} aria-label={t.cases.acts}>
      {found.acts.map((offered) => (
        <li key={offered.key}>
          <Button
            primary={offered.tone === 'primary'}
            danger={offered.tone === 'danger'}
            disabled={offered.blocked !== null}
            onClick={() => choose(offered.key)}
          >
            {say(offered.title)}
          </Button>
          {offered.blocked ? (
            <ObstacleView obstacle={offered.blocked} />
          ) : (
            <p className="quiet small">{say(offered.summary)}</p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What a renewal keeps of the grant before it unless the decision says otherwise: its masks, its rows and its limits. */
function carried({ renewal }: Case, { content }: Case['acts'][number]): Content {
  if (renewal == null) return {}
  const kept = { masks: renewal.masks, rows: renewal.rows, limits: renewal.limits }
  return Object.fromEntries(
    content.flatMap(({ key, kind }) => (kind in kept ? [[key, kept[kind as keyof typeof kept]]] : [])),
  )
}
