import { Link, NavLink } from 'react-router'
import { useRulebook } from '../kit/rulebook.ts'
import { useSession } from '../kit/session.ts'
import { useText } from '../text/use-text.ts'
import { Account } from './account.tsx'
import { Reading } from './reading.tsx'
import styles from './shell.module.css'

export function Header() {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  const { data: session } = useSession()
  return (
    <header className={`${styles.header} no-print`}>
      <div className={styles.bar}>
        <Link to="/" className={styles.brand}>
          <img src="/favicon.svg" alt="" width="30" height="30" />
          <span className={styles.name}>{t.common.product}</span>
          {rulebook && <span className={styles.city}>{t.shell.cityData(say(rulebook.city))}</span>}
        </Link>
        <nav aria-label={t.shell.mainNavigation} className={styles.nav}>
          <NavLink to="/search">{t.shell.data}</NavLink>
          <NavLink to="/law">{t.shell.law}</NavLink>
          <NavLink to="/procedures">{t.shell.procedures}</NavLink>
          <NavLink to="/api/docs">{t.shell.api}</NavLink>
          {session?.user && <NavLink to="/desk">{t.shell.desk}</NavLink>}
        </nav>
        <div className={styles.tools}>
          <Reading />
          <Account />
        </div>
      </div>
    </header>
  )
}
