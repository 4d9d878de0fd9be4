import { Button } from 'antd'
import { useHref, useLinkClickHandler } from 'react-router'

/** A link with the weight of a button: one element, so that it is read out once. */
export function LinkButton({
  to,
  primary,
  children,
}: {
  to: string
  primary?: boolean
  children: React.ReactNode
}) {
  const follow = useLinkClickHandler<HTMLElement>(to)
  return (
    <Button
      type={primary ? 'primary' : 'default'}
      href={useHref(to)}
      onClick={(event) => follow(event as never)}
    >
      {children}
    </Button>
  )
}
