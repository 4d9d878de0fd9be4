import { Suspense } from 'react'
import { Navigate, NavLink, Outlet, useLocation } from 'react-router'
import { useCommitmentText } from '../kit/commitment/commitment.queries.ts'
import { useRulebook } from '../kit/rulebook.ts'
import { useSession } from '../kit/session.ts'
import { Await, Loading } from '../kit/states.tsx'
import { useText } from '../text/use-text.ts'
import styles from './desk-shell.module.css'

/** The desk: only for those who are signed in, with their work in the margin. */
export function DeskShell() {
  const { t, say } = useText()
  const session = useSession()
  const { data: rulebook } = useRulebook()
  const { data: commitment } = useCommitmentText()
  const { pathname, search } = useLocation()
  return (
    <Await reading={session}>
      {({ user, inbox }) => {
        if (!user) return <Navigate replace to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} />
        const steward = user.powers.includes('steward')
        return (
          <div className={styles.desk}>
            <nav aria-label={t.shell.deskNavigation} className={`${styles.side} no-print`}>
              <NavLink to="/desk" end>
                {t.desk.inbox} <span className={styles.count}>{inbox > 0 ? inbox : ''}</span>
              </NavLink>
              <NavLink to="/desk/requests">{t.desk.requests}</NavLink>
              {rulebook?.matching && user.organisation && (
                <NavLink to="/desk/supply">{say(rulebook.matching.term)}</NavLink>
              )}
              <NavLink to="/desk/grants">{t.desk.grants}</NavLink>
              {rulebook?.opening.agreement && <NavLink to="/desk/agreements">{t.agreements.short}</NavLink>}
              {rulebook?.opening.lists && user.organisation && (
                <NavLink to="/desk/opening-lists">{t.lists.compose}</NavLink>
              )}
              {rulebook?.opening.reassessment && user.organisation && (
                <NavLink to="/desk/reassessments">{t.reassess.title}</NavLink>
              )}
              {user.organisation && (steward || user.powers.includes('officer')) && (
                <NavLink to="/desk/trace">{t.trace.title}</NavLink>
              )}
              {commitment?.offered && <NavLink to="/desk/commitment">{t.commitment.title}</NavLink>}
              <NavLink to="/desk/keys">{t.desk.keys}</NavLink>
              {(steward || user.powers.includes('officer')) && (
                <NavLink to="/desk/entries">{t.desk.entries}</NavLink>
              )}
              {user.organisation && <NavLink to="/desk/compilation">{t.compilation.nav}</NavLink>}
              {user.organisation && <NavLink to="/desk/collection">{t.collection.nav}</NavLink>}
              {steward && <NavLink to="/desk/batches">{t.desk.batches}</NavLink>}
              {user.organisation && rulebook?.tasks && (
                <NavLink to="/desk/aggregation">{t.tasks.title}</NavLink>
              )}
              {user.organisation && rulebook?.connections && (
                <NavLink to="/desk/source-systems">{t.sources.title}</NavLink>
              )}

              {user.organisation && rulebook?.assurance.filing && (
                <NavLink to="/desk/filings">{t.filings.title}</NavLink>
              )}
              {user.organisation && rulebook?.assurance.certificates && (
                <NavLink to="/desk/certificates">{t.certificates.title}</NavLink>
              )}
              {user.organisation && <NavLink to="/desk/figures">{t.figures.title}</NavLink>}
              {user.powers.includes('officer') && <NavLink to="/desk/targets">{t.targets.title}</NavLink>}
              {user.organisation && <NavLink to="/desk/duties">{t.duties.title}</NavLink>}
              {user.powers.includes('officer') && <NavLink to="/desk/calendar">{t.calendar.title}</NavLink>}
              <NavLink to="/desk/records">{t.desk.records}</NavLink>
              <NavLink to="/desk/notices">{t.desk.notices}</NavLink>
            </nav>
            <div className={styles.work}>
              <Suspense fallback={<Loading lines={6} />}>
                <Outlet />
              </Suspense>
            </div>
          </div>
        )
      }}
    </Await>
  )
}
