import { useHref, useLinkClickHandler, useNavigate } from 'react-router'
import { ButtonLink } from './controls/button.tsx'

/** A link with the weight of a button: one element, so that it is read out once. */
export function LinkButton({
  to,
  primary,
  first,
  children,
}: {
  to: string
  primary?: boolean
  /** What has to be done before the reader goes; false keeps them here. */
  first?: () => Promise<boolean>
  children: React.ReactNode
}) {
  const navigate = useNavigate()
  const follow = useLinkClickHandler<HTMLElement>(to)
  return (
    <ButtonLink
      primary={primary}
      href={useHref(to)}
      onClick={(event) => {
        if (!first) return follow(event as never)
        event.preventDefault()
        void first().then((done) => done && navigate(to))
      }}
    >
      {children}
    </ButtonLink>
  )
}
