import type { BatchMode } from '@tiaoli/contract/aggregation'
import { useState } from 'react'
import { AskedLine, AskedLines } from '../../../kit/asked-line.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCreateStream } from '../aggregation.queries.ts'
import { modesOf, pairsOf } from '../source-answers.ts'
import { AskedMode } from './asked-mode.tsx'
import { NewWay } from './new-way.tsx'

const nothing = { url: '', topic: '', user: '', password: '', mapping: '', messages: '1000', seconds: '60' }

/** Sets up a stream of messages that the platform hears. */
export function NewStream({ entryId, keyed }: { entryId: string; keyed: boolean }) {
  const { t } = useDeskText()
  const create = useCreateStream()
  const [said, setSaid] = useState(nothing)
  const [mode, setMode] = useState<BatchMode>('append')
  const say = (key: keyof typeof nothing) => (value: string) => setSaid({ ...said, [key]: value })
  const send = () =>
    create.mutate(
      {
        params: { entryId },
        body: {
          url: said.url.trim(),
          topic: said.topic.trim(),
          ...(said.user.trim() && { user: said.user.trim() }),
          ...(said.password && { password: said.password }),
          mapping: pairsOf(said.mapping).map(([field, path]) => ({ field, path })),
          mode: mode === 'upsert' ? mode : 'append',
          everyMessages: Number(said.messages),
          everySeconds: Number(said.seconds),
        },
      },
      { onSuccess: () => setSaid(nothing) },
    )
  return (
    <NewWay
      error={create.error}
      act={t.streams.create}
      ready={said.url.trim() !== '' && said.topic.trim() !== ''}
      busy={create.isPending}
      onSend={send}
    >
      <AskedLine
        id="stream-url"
        path="url"
        label={t.streams.url}
        help={t.streams.urlHelp}
        value={said.url}
        onChange={say('url')}
      />
      <AskedLine
        id="stream-topic"
        path="topic"
        label={t.streams.topic}
        help={t.streams.topicHelp}
        value={said.topic}
        onChange={say('topic')}
      />
      <AskedLine
        id="stream-user"
        path="user"
        label={t.streams.user}
        optional
        value={said.user}
        onChange={say('user')}
      />
      <AskedLine
        id="stream-password"
        path="password"
        type="password"
        label={t.pulls.password}
        help={t.pulls.tokenHelp}
        optional
        value={said.password}
        onChange={say('password')}
      />
      <AskedLines
        id="stream-mapping"
        path="mapping"
        optional
        label={t.streams.mapping}
        help={t.streams.mappingHelp}
        value={said.mapping}
        onChange={say('mapping')}
      />
      <AskedMode id="stream-mode" mode={mode} modes={modesOf('stream', keyed)} onChange={setMode} />
      <AskedLine
        id="stream-messages"
        path="everyMessages"
        type="number"
        label={t.streams.messages}
        value={said.messages}
        onChange={say('messages')}
      />
      <AskedLine
        id="stream-seconds"
        path="everySeconds"
        type="number"
        label={t.streams.seconds}
        help={t.streams.secondsHelp}
        value={said.seconds}
        onChange={say('seconds')}
      />
    </NewWay>
  )
}
