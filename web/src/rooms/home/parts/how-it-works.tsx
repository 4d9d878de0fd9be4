import { Link } from 'react-router'
import { useText } from '../../../text/use-text.ts'
import styles from './how-it-works.module.css'

export function HowItWorks() {
  const { t } = useText()
  const steps = [
    { ...t.home.howFind, to: '/search' },
    { ...t.home.howAsk, to: '/procedures' },
    { ...t.home.howVerify, to: '/verify' },
  ]
  return (
    <ol className={styles.steps}>
      {steps.map(({ sentence, link, to }) => (
        <li key={to}>
          <p>{sentence}</p>
          <Link to={to}>{link}</Link>
        </li>
      ))}
    </ol>
  )
}
