import { useEffect } from 'react'
import { useText } from '../text/use-text.ts'

/** Names the page in the browser's title bar and in its history. */
export function useTitle(title: string | undefined): void {
  const { t } = useText()
  useEffect(() => {
    document.title = title ? `${title} · ${t.common.product}` : t.common.product
  }, [title, t])
}
