import type { Commitment } from '@tiaoli/contract/commitment'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { BreachActs } from '../../../kit/commitment/breach-acts.tsx'
import {
  useCommitments,
  useCommitmentText,
  usePublishText,
} from '../../../kit/commitment/commitment.queries.ts'
import { CommitmentPanel } from '../../../kit/commitment/commitment-panel.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { TextArea } from '../../../kit/controls/inputs.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'

/** The wording in force and what has been signed; with an entry in the address, the place to sign for it. */
export default function CommitmentsPage() {
  const { t, say } = usePortalText()
  const [search] = useSearchParams()
  const entryId = search.get('entry')
  const text = useCommitmentText()
  return (
    <Await reading={text} lines={6}>
      {({ offered, term, current, canPublish }) =>
        !offered ? (
          <Page title={t.commitment.title}>
            <Empty title={t.commitment.notOffered} />
          </Page>
        ) : (
          <Page title={term ? say(term) : t.commitment.title} lead={t.commitment.lead}>
            {entryId ? (
              <CommitmentPanel entryId={entryId} grantId={search.get('grant')} />
            ) : (
              <>
                <Section
                  title={t.commitment.text}
                  note={
                    current &&
                    `${t.commitment.version(current.version)} · ${t.commitment.publishedOn(formatMoment(current.publishedAt))}`
                  }
                >
                  <p style={{ whiteSpace: 'pre-wrap' }}>{current ? current.body : t.commitment.noText}</p>
                </Section>
                {canPublish && <NewText />}
                <Section title={t.commitment.list}>
                  <Signed />
                </Section>
              </>
            )}
          </Page>
        )
      }
    </Await>
  )
}

function NewText() {
  const { t } = usePortalText()
  const publish = usePublishText()
  const [body, setBody] = useState('')
  return (
    <Section title={t.commitment.newText} note={t.commitment.publishFollows}>
      <div className="stack">
        <label htmlFor="commitment-body">{t.commitment.body}</label>
        <TextArea
          id="commitment-body"
          maxLength={20_000}
          rows={4}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
        <div>
          <Button
            primary
            disabled={body.trim() === ''}
            busy={publish.isPending}
            onClick={() => publish.mutate({ body: { body } }, { onSuccess: () => setBody('') })}
          >
            {t.commitment.publish}
          </Button>
        </div>
      </div>
    </Section>
  )
}

function Signed() {
  const { t, say } = usePortalText()
  const pages = useCommitments({})
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const standing = (each: Commitment) =>
    each.liftedAt ? t.commitment.lifted : each.breach ? t.commitment.broken : t.commitment.signed
  const place = (each: Commitment) =>
    `/desk/commitment?entry=${each.entry.id}${each.grantId ? `&grant=${each.grantId}` : ''}`
  return (
    <Await reading={reading} lines={4}>
      {(read) => {
        const rows = read.flatMap((page) => page.items)
        if (rows.length === 0) return <Empty title={t.commitment.none} />
        return (
          <div className="stack">
            <Table
              caption={t.commitment.list}
              rows={rows}
              rowKey={(each) => each.id}
              columns={[
                {
                  key: 'entry',
                  title: t.commitment.entry,
                  cell: (each) => <Link to={place(each)}>{each.entry.title}</Link>,
                },
                {
                  key: 'holder',
                  title: t.commitment.holder,
                  cell: (each) =>
                    `${each.organisation ? `${say(each.organisation.name)} ` : ''}${t.commitment.signedBy(each.signedBy, formatMoment(each.signedAt))}`,
                },
                {
                  key: 'standing',
                  title: t.commitment.standing,
                  cell: (each) => (
                    <>
                      {standing(each)}
                      <BreachActs commitment={each} />
                    </>
                  ),
                },
              ]}
            />
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )
}
