import { Link } from 'react-router'
import { useRulebook } from '../kit/rulebook.ts'
import { useText } from '../text/use-text.ts'
import styles from './shell.module.css'

export function Footer() {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  return (
    <footer className={`${styles.footer} no-print`}>
      <div className={styles.footerInner}>
        <p>
          {rulebook && (
            <>
              {t.shell.runBy(say(rulebook.regulation), rulebook.inForceOn)}{' '}
              <span className="quiet">{t.shell.rulebookVersion(rulebook.version)}</span>
            </>
          )}
        </p>
        <ul className="row">
          <li>
            <Link to="/catalogues">{t.compilation.catalogues}</Link>
          </li>
          <li>
            <Link to="/bases">{t.bases.title}</Link>
          </li>
          <li>
            <Link to="/organisations">{t.shell.organisations}</Link>
          </li>
          <li>
            <Link to="/law">{t.shell.law}</Link>
          </li>
          {rulebook?.opening.lists && (
            <li>
              <Link to="/opening-lists">{t.lists.short}</Link>
            </li>
          )}
          <li>
            <Link to="/opening-report">{t.report.title}</Link>
          </li>
          <li>
            <Link to="/figures">{t.figures.title}</Link>
          </li>
          {rulebook?.opening.results && (
            <li>
              <Link to="/results">{t.results.short}</Link>
            </li>
          )}
          {rulebook?.opening.demands && (
            <li>
              <Link to="/demands">{t.demands.short}</Link>
            </li>
          )}
          <li>
            <Link to="/verify">{t.shell.verify}</Link>
          </li>
          {rulebook?.assurance.proofs && (
            <li>
              <Link to="/proof">{t.proof.title}</Link>
            </li>
          )}
          {rulebook?.assurance.systems && (
            <li>
              <Link to="/systems">{t.systems.title}</Link>
            </li>
          )}
          <li>
            <Link to="/api/docs">{t.shell.api}</Link>
          </li>
        </ul>
        <p className="quiet small">{t.shell.keys}</p>
      </div>
    </footer>
  )
}
