import { Link } from 'react-router'
import { Await } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useStatistics } from '../home.queries.ts'
import styles from './themes.module.css'

export function Themes() {
  const { t } = useText()
  const themeName = (key: string) => t.themes[key as keyof typeof t.themes] ?? key
  return (
    <Await reading={useStatistics()}>
      {({ themes }) => (
        <ul className={styles.themes}>
          {themes.map(({ key, count }) => (
            <li key={key}>
              <Link to={`/search?theme=${key}`}>
                {themeName(key)}
                <span className="number">{count}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Await>
  )
}
