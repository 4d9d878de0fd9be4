import { Suspense, useEffect } from 'react'
import { Outlet, useLocation } from 'react-router'
import { Boundary } from '../kit/boundary.tsx'
import { Loading } from '../kit/states.tsx'
import { useText } from '../text/use-text.ts'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import styles from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'

/** What stands around every page. */
export function Shell() {
  const { t } = useText()
  useShortcuts()
  useTopOnNewPage()
  const { pathname } = useLocation()
  return (
    <>
      <a className={styles.skip} href="#content">
        {t.shell.skip}
      </a>
      <Header />
      <main id="content" tabIndex={-1} className={styles.main}>
        <Boundary at={pathname}>
          <Suspense fallback={<Loading lines={6} />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </main>
      <Footer />
    </>
  )
}

/** A new page starts at its top; a change of the query alone leaves the reader where they are. */
function useTopOnNewPage(): void {
  const { pathname, hash } = useLocation()
  useEffect(() => {
    if (hash === '') window.scrollTo(0, 0)
    else document.getElementById(hash.slice(1))?.scrollIntoView()
  }, [pathname, hash])
}
