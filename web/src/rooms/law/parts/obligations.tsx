import type { ObligationView } from '@tiaoli/contract/rulebook'
import { Link } from 'react-router'
import { Facts } from '../../../kit/facts.tsx'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useObligations } from '../law.queries.ts'
import styles from './obligations.module.css'

/** What an article orders, each thing by itself: its state here, how it is met, what proves it. */
export function Obligations({ article }: { article: string }) {
  const { t } = usePortalText()
  return (
    <Await reading={useObligations(article)} lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{t.register.none}</p>
        ) : (
          <ul className={styles.obligations}>
            {items.map((obligation) => (
              <Obligation key={obligation.id} obligation={obligation} />
            ))}
          </ul>
        )
      }
    </Await>
  )
}

function Obligation({ obligation }: { obligation: ObligationView }) {
  const { t, say } = usePortalText()
  const { kind, modality, state, bearers, bearerNamed, metBy, proofs, periodWorkingDays } = obligation
  return (
    <li id={obligation.id}>
      <h3 className={styles.head}>
        <span>{say(obligation.title)}</span>
        <span className={styles.state} data-state={state} title={t.register.stateHelp[state]}>
          {t.register.states[state]}
        </span>
      </h3>
      <p className="quiet small">
        <code>{obligation.id}</code> · {t.register.kinds[kind]}
        {modality !== 'order' && ` · ${t.register.modalities[modality]}`}
        {periodWorkingDays !== null && ` · ${t.register.period(periodWorkingDays)}`}
      </p>
      <p>{say(obligation.orders)}</p>
      <Facts
        facts={[
          [
            t.register.bearers,
            bearerNamed ? bearers.map(say).join(t.common.listSeparator) : t.register.bearerNotNamed,
          ],
          [
            t.register.metBy,
            metBy.length === 0 ? (
              <span className="quiet">{t.register.notMet}</span>
            ) : (
              <ul>
                {metBy.map((place) => (
                  <li key={`${place.kind} ${place.key}`}>
                    <Place place={place} />
                  </li>
                ))}
              </ul>
            ),
          ],
          [
            t.register.proofs,
            proofs.length === 0 ? null : (
              <ul title={t.register.proofsNote} lang="en">
                {[...Map.groupBy(proofs, ({ file }) => file)].map(([file, found]) => (
                  <li key={file}>
                    {found.map(({ title }) => (
                      <p key={title}>{title}</p>
                    ))}
                    <code className={styles.file}>{file}</code>
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
      {obligation.reading !== null && (
        <details className={styles.more}>
          <summary>{t.register.reading}</summary>
          <p lang="en">{obligation.reading}</p>
        </details>
      )}
    </li>
  )
}

/** Where something is met, with the way there. */
function Place({ place: { kind, key, title } }: { place: ObligationView['metBy'][number] }) {
  const { say } = usePortalText()
  const to = {
    procedure: `/procedures/${key}`,
    catalogue: '/search',
    use: '/search',
    room: '/procedures',
    route: '/api/docs',
    duty: `/desk/duties/${encodeURIComponent(key)}`,
  }[kind]
  return (
    <>
      <Link to={to}>{say(title)}</Link>
      {kind === 'route' && <code className={styles.file}> {key}</code>}
    </>
  )
}
