import { Button } from '../../../kit/controls/button.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useChannels, useMakeFeed, useRevokeFeed } from '../desk.queries.ts'

/** The calendar of due dates under a secret address, which is shown once. */
export function Feed() {
  const { t } = useDeskText()
  const make = useMakeFeed()
  const end = useRevokeFeed()
  const address = make.data?.address
  const error = make.error ?? end.error
  return (
    <Section id="feed" title={t.feed.title} note={t.feed.note}>
      <Await reading={useChannels()} lines={2}>
        {({ feed }) => (
          <div className="stack">
            {address !== undefined && feed !== null ? (
              <>
                <p>{t.feed.shownOnce}</p>
                <p>
                  <code style={{ overflowWrap: 'anywhere' }}>{address}</code> <CopyButton value={address} />
                </p>
              </>
            ) : (
              <p className="quiet">{feed ? t.feed.madeOn(formatDate(feed.madeAt)) : t.feed.none}</p>
            )}
            {error && <Failure error={error} />}
            <div className="row">
              <Button busy={make.isPending} onClick={() => make.mutate({})}>
                {feed ? t.feed.renew : t.feed.make}
              </Button>
              {feed && (
                <Button busy={end.isPending} onClick={() => end.mutate({})}>
                  {t.feed.end}
                </Button>
              )}
            </div>
          </div>
        )}
      </Await>
    </Section>
  )
}
