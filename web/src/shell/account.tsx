import { signOut } from '@tiaoli/contract/identity'
import { Link, useLocation, useNavigate } from 'react-router'
import { useAct } from '../kit/api.ts'
import { useSession } from '../kit/session.ts'
import { useText } from '../text/use-text.ts'
import styles from './shell.module.css'

export function Account() {
  const { t, say } = useText()
  const { data: session } = useSession()
  const leave = useAct(signOut)
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  if (!session) return null
  const { user } = session
  if (!user) {
    return (
      <Link className={styles.signIn} to={`/sign-in?to=${encodeURIComponent(pathname + search)}`}>
        {t.shell.signIn}
      </Link>
    )
  }
  return (
    <>
      <Link className={styles.tool} to="/desk/notices">
        {t.shell.notices(session.unreadNotices)}
      </Link>
      <Link
        className={styles.user}
        to="/desk/account"
        title={user.organisation ? say(user.organisation.name) : undefined}
      >
        {user.name}
      </Link>
      <button
        type="button"
        className={styles.tool}
        onClick={() => void leave.mutateAsync({}).then(() => navigate('/'))}
      >
        {t.shell.signOut}
      </button>
    </>
  )
}
