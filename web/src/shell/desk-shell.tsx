import { Suspense } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { useSession } from '../kit/session.ts'
import { Await, Loading } from '../kit/states.tsx'
import { DeskNav } from './desk-nav.tsx'
import styles from './desk-shell.module.css'

const account = '/desk/account'

/** The desk: only for those who are signed in, with their work in the margin. */
export function DeskShell() {
  const session = useSession()
  const { pathname, search } = useLocation()
  return (
    <Await reading={session}>
      {({ user, unready, inbox }) => {
        if (!user) return <Navigate replace to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} />
        // First things first: until they are set up there is nothing else to be done here.
        if (unready && pathname !== account)
          return <Navigate replace to={`${account}?to=${encodeURIComponent(pathname + search)}`} />
        return (
          <div className={styles.desk}>
            {!unready && <DeskNav user={user} inbox={inbox} />}
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
