import type { Stream } from '@tiaoli/contract/streams'
import { formatMoment } from '../../../kit/formats.ts'
import { Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useRemoveStream, useStreams } from '../aggregation.queries.ts'
import { NewStream } from './new-stream.tsx'
import { RemoveWay } from './remove-way.tsx'
import { WayState, Ways } from './ways.tsx'

/** Streams of messages that are heard for an entry, and a new one. */
export function Streams({ entryId, keyed }: { entryId: string; keyed: boolean }) {
  const { t } = useDeskText()
  return (
    <Ways words={t.streams} reading={useStreams(entryId)} known={(items) => <Known streams={items} />}>
      <NewStream entryId={entryId} keyed={keyed} />
    </Ways>
  )
}

function Known({ streams }: { streams: readonly Stream[] }) {
  const { t } = useDeskText()
  const remove = useRemoveStream()
  return (
    <>
      {remove.error && <Failure error={remove.error} />}
      <Table
        caption={t.streams.title}
        rows={streams}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'topic',
            title: t.streams.topic,
            width: 'roomy',
            cell: ({ topic, url }) => (
              <>
                <span className="mono">{topic}</span>
                <p className="small mono">{url}</p>
              </>
            ),
          },
          {
            key: 'state',
            title: t.pulls.state,
            cell: ({ state, ...stream }) => <WayState {...stream} state={t.streams.states[state]} />,
          },
          {
            key: 'heard',
            title: t.streams.heard,
            cell: ({ heard, malformed, waiting, heardAt }) => (
              <>
                {t.streams.counts(heard, malformed, waiting)}
                {heardAt && <p className="small">{formatMoment(heardAt)}</p>}
              </>
            ),
          },
          {
            key: 'acts',
            title: t.pulls.acts,
            cell: ({ id }) => (
              <RemoveWay
                busy={remove.isPending}
                onRemove={() => remove.mutate({ params: { streamId: id } })}
              />
            ),
          },
        ]}
      />
    </>
  )
}
