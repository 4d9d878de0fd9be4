import { useText } from '../text/use-text.ts'
import { Button } from './controls/button.tsx'

/** The next page of a list that is read by cursor; absent when there is none. */
export function More(props: {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}) {
  const { t } = useText()
  if (!props.hasNextPage) return null
  return (
    <div>
      <Button busy={props.isFetchingNextPage} onClick={() => void props.fetchNextPage()}>
        {t.common.loadMore}
      </Button>
    </div>
  )
}
