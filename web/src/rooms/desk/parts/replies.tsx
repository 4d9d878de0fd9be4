import type { SavedReply } from '@tiaoli/contract/desk'
import { useState } from 'react'
import { AskedLine, AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useChangeReply, useKeepReply, useRemoveReply, useReplies } from '../desk.queries.ts'

/** Replies that the organisation keeps; they can be filled into the forms of acts. */
export function Replies() {
  const { t } = usePortalText()
  const remove = useRemoveReply()
  const [changing, setChanging] = useState<SavedReply | null>(null)
  return (
    <Section id="replies" title={t.replies.title} note={t.replies.note}>
      <Await reading={useReplies()} lines={3}>
        {({ items, canKeep }) => (
          <div className="stack">
            {remove.error && <Failure error={remove.error} />}
            {items.length === 0 ? (
              <p className="quiet">{t.replies.none}</p>
            ) : (
              <Table
                caption={t.replies.title}
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'title', title: t.replies.name, cell: ({ title }) => title },
                  { key: 'body', title: t.replies.body, width: 'roomy', cell: ({ body }) => body },
                  {
                    key: 'acts',
                    title: t.replies.acts,
                    cell: (reply) =>
                      canKeep && (
                        <span className="row">
                          <Button small onClick={() => setChanging(reply)}>
                            {t.replies.change}
                          </Button>
                          <Button
                            small
                            aria-label={t.replies.removeNamed(reply.title)}
                            onClick={() => {
                              if (window.confirm(t.replies.confirmRemove(reply.title)))
                                remove.mutate({ params: { replyId: reply.id } })
                            }}
                          >
                            {t.replies.remove}
                          </Button>
                        </span>
                      ),
                  },
                ]}
              />
            )}
            {canKeep && <Keep key={changing?.id ?? ''} reply={changing} onDone={() => setChanging(null)} />}
          </div>
        )}
      </Await>
    </Section>
  )
}

function Keep({ reply, onDone }: { reply: SavedReply | null; onDone: () => void }) {
  const { t } = usePortalText()
  const keep = useKeepReply()
  const change = useChangeReply()
  const [title, setTitle] = useState(reply?.title ?? '')
  const [body, setBody] = useState(reply?.body ?? '')
  const error = keep.error ?? change.error
  const done = {
    onSuccess: () => {
      setTitle('')
      setBody('')
      onDone()
    },
  }
  return (
    <form
      className="stack"
      aria-label={t.replies.keep}
      onSubmit={(event) => {
        event.preventDefault()
        if (reply === null) keep.mutate({ body: { title, body } }, done)
        else
          change.mutate(
            { params: { replyId: reply.id }, body: { title, body, procedure: reply.procedure } },
            done,
          )
      }}
    >
      <AskedLine id="reply-title" label={t.replies.name} maxLength={80} value={title} onChange={setTitle} />
      <AskedLines
        id="reply-body"
        label={t.replies.body}
        maxLength={2000}
        rows={2}
        value={body}
        onChange={setBody}
      />
      {error && <Failure error={error} />}
      <div className="row">
        <Button
          type="submit"
          busy={keep.isPending || change.isPending}
          disabled={title.trim() === '' || body.trim() === ''}
        >
          {reply === null ? t.replies.keep : t.replies.saveChange}
        </Button>
        {reply !== null && <Button onClick={onDone}>{t.common.back}</Button>}
      </div>
    </form>
  )
}
