import { Link } from 'react-router'
import { useText } from '../../../text/use-text.ts'
import { useConditionalOpening } from '../home.queries.ts'
import styles from './how-it-works.module.css'

export function HowItWorks() {
  const { t } = useText()
  const conditional = useConditionalOpening()
  const { howFind, howAsk, howVerify } = t.home
  const steps = [
    { sentence: howFind.sentence, links: [{ text: howFind.link, to: '/search' }] },
    {
      sentence: howAsk.sentence,
      links: [
        ...(conditional ? [{ text: howAsk.conditional, to: `/search?opening=${conditional}` }] : []),
        { text: howAsk.link, to: '/procedures' },
      ],
    },
    { sentence: howVerify.sentence, links: [{ text: howVerify.link, to: '/verify' }] },
  ]
  return (
    <ol className={styles.steps}>
      {steps.map(({ sentence, links }) => (
        <li key={sentence}>
          <p>{sentence}</p>
          {links.map(({ text, to }) => (
            <Link key={to} to={to}>
              {text}
            </Link>
          ))}
        </li>
      ))}
    </ol>
  )
}
