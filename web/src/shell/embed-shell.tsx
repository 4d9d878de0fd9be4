import { Suspense } from 'react'
import { Outlet, useLocation } from 'react-router'
import { Boundary } from '../kit/boundary.tsx'
import { Loading } from '../kit/states.tsx'

/** A view within the page of somebody else: nothing stands around it. */
export function EmbedShell() {
  const { pathname } = useLocation()
  return (
    <main style={{ padding: '12px 16px' }}>
      <Boundary at={pathname}>
        <Suspense fallback={<Loading lines={6} />}>
          <Outlet />
        </Suspense>
      </Boundary>
    </main>
  )
}
