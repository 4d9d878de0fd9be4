import type { ReactNode } from 'react'

/** A short form in one column. */
export function NarrowForm({
  label,
  onSubmit,
  children,
}: {
  label: string
  onSubmit: () => void
  children: ReactNode
}) {
  return (
    <form
      aria-label={label}
      className="stack"
      noValidate
      style={{ maxWidth: '24rem', '--gap': '20px' } as React.CSSProperties}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
