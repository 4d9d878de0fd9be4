import type { BatchMode } from '@tiaoli/contract/aggregation'
import { useState } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { TextArea } from '../../../kit/controls/inputs.tsx'
import { Field } from '../../../kit/field.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCreateStream } from '../aggregation.queries.ts'
import { modesOf, pairsOf } from '../source-answers.ts'
import { Asked, AskedMode } from './asked.tsx'

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
    <Answers error={create.error}>
      <div className="stack">
        <Asked
          id="stream-url"
          path="url"
          label={t.streams.url}
          help={t.streams.urlHelp}
          value={said.url}
          onChange={say('url')}
        />
        <Asked
          id="stream-topic"
          path="topic"
          label={t.streams.topic}
          help={t.streams.topicHelp}
          value={said.topic}
          onChange={say('topic')}
        />
        <Asked
          id="stream-user"
          path="user"
          label={t.streams.user}
          optional
          value={said.user}
          onChange={say('user')}
        />
        <Asked
          id="stream-password"
          path="password"
          type="password"
          label={t.pulls.password}
          help={t.pulls.tokenHelp}
          optional
          value={said.password}
          onChange={say('password')}
        />
        <Field
          id="stream-mapping"
          path="mapping"
          label={t.streams.mapping}
          help={t.streams.mappingHelp}
          optional
        >
          <TextArea
            id="stream-mapping"
            rows={3}
            value={said.mapping}
            onChange={(event) => say('mapping')(event.target.value)}
          />
        </Field>
        <AskedMode id="stream-mode" mode={mode} modes={modesOf('stream', keyed)} onChange={setMode} />
        <Asked
          id="stream-messages"
          path="everyMessages"
          type="number"
          label={t.streams.messages}
          value={said.messages}
          onChange={say('messages')}
        />
        <Asked
          id="stream-seconds"
          path="everySeconds"
          type="number"
          label={t.streams.seconds}
          help={t.streams.secondsHelp}
          value={said.seconds}
          onChange={say('seconds')}
        />
        {create.error && <Failure error={create.error} />}
        <div>
          <Button
            disabled={said.url.trim() === '' || said.topic.trim() === ''}
            busy={create.isPending}
            onClick={send}
          >
            {t.streams.create}
          </Button>
        </div>
      </div>
    </Answers>
  )
}
