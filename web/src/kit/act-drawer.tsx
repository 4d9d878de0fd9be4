import type { ContentField } from '@tiaoli/contract/rulebook'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { withPortalWords } from '../text/use-text.ts'
import styles from './act-drawer.module.css'
import type { Content } from './act-form/check-content.ts'
import { Button } from './controls/button.tsx'
import { Loading } from './states.tsx'

/** Fetched when the act is wanted: most readers of the page do none. */
const ActForm = lazy(() =>
  withPortalWords(async () => ({ default: (await import('./act-form/act-form.tsx')).ActForm })),
)

/** An act behind a button: its form opens in place and closes when it is done. */
export function ActDrawer(props: {
  title: string
  draftKey: string
  fields: readonly ContentField[]
  initial?: Content
  danger?: boolean
  follows?: ReactNode
  onSubmit: (content: Content) => Promise<unknown>
}) {
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <div className={styles.act}>
        <Button danger={props.danger} onClick={() => setOpen(true)}>
          {props.title}
        </Button>
      </div>
    )
  return (
    <Suspense fallback={<Loading lines={3} />}>
      <ActForm
        name={props.title}
        fields={props.fields}
        choosable={[]}
        draftKey={props.draftKey}
        submitLabel={props.title}
        danger={props.danger ?? false}
        {...(props.initial ? { initial: props.initial } : {})}
        {...(props.follows ? { follows: props.follows } : {})}
        onCancel={() => setOpen(false)}
        onSubmit={async (content) => {
          await props.onSubmit(content)
          setOpen(false)
        }}
      />
    </Suspense>
  )
}
