import { ProblemError } from '@tiaoli/contract/client'
import type { Commitment } from '@tiaoli/contract/commitment'
import { useState } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { ArticleChip } from '../article-chip.tsx'
import { Button } from '../controls/button.tsx'
import { Checkbox } from '../controls/checkbox.tsx'
import { formatMoment } from '../formats.ts'
import { Section } from '../page.tsx'
import { ProblemView } from '../problem-view.tsx'
import { useSession } from '../session.ts'
import { BreachActs } from './breach-acts.tsx'
import { useCommitments, useCommitmentText, useSign } from './commitment.queries.ts'

/** What the receiver signs before delivery, and what has been signed; nothing where the city asks for none. */
export function CommitmentPanel({
  entryId,
  grantId,
  mayNotSign,
}: {
  entryId: string
  grantId: string | null
  /** The reader is not the receiver and only looks. */
  mayNotSign?: boolean
}) {
  const { t } = usePortalText()
  const { data: text } = useCommitmentText()
  const { data: session } = useSession()
  const mine = useCommitments(
    { entry: entryId, ...(grantId ? { grant: grantId } : {}) },
    session?.user != null,
  )
  if (!text?.offered || !session?.user) return null
  const signed = (mine.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((each) => each.grantId === grantId)
    .filter((each) => grantId !== null || each.organisation?.id === session?.user?.organisation?.id)
  const standing = signed.find((each) => each.liftedAt === null)
  return (
    <Section
      id="commitment"
      title={t.commitment.title}
      note={text.article ? <ArticleChip article={text.article} /> : null}
    >
      <div className="stack">
        {standing ? (
          <Signed commitment={standing} />
        ) : mayNotSign ? (
          <p>{t.commitment.notYet}</p>
        ) : text.current ? (
          <ToSign
            entryId={entryId}
            grantId={grantId}
            version={text.current.version}
            body={text.current.body}
          />
        ) : (
          <p>{t.commitment.noText}</p>
        )}
      </div>
    </Section>
  )
}

function Signed({ commitment }: { commitment: Commitment }) {
  const { t } = usePortalText()
  return (
    <>
      <p>
        <strong>{commitment.breach ? t.commitment.broken : t.commitment.signed}</strong>{' '}
        {t.commitment.version(commitment.text.version)} ·{' '}
        {t.commitment.signedBy(commitment.signedBy, formatMoment(commitment.signedAt))}
      </p>
      {commitment.breach && <p>{commitment.breach.reasons}</p>}
      <p style={{ whiteSpace: 'pre-wrap' }}>{commitment.text.body}</p>
      <BreachActs commitment={commitment} />
    </>
  )
}

function ToSign(props: { entryId: string; grantId: string | null; version: number; body: string }) {
  const { t } = usePortalText()
  const sign = useSign()
  const [affirmed, setAffirmed] = useState(false)
  const { entryId, grantId, version } = props
  return (
    <>
      <p>{t.commitment.lead}</p>
      <p style={{ whiteSpace: 'pre-wrap' }}>{props.body}</p>
      <Checkbox checked={affirmed} onChange={(event) => setAffirmed(event.target.checked)}>
        {t.commitment.affirm}
      </Checkbox>
      <div>
        <Button
          primary
          disabled={!affirmed}
          busy={sign.isPending}
          onClick={() => sign.mutate({ body: { entryId, grantId, version } })}
        >
          {t.commitment.sign}
        </Button>
      </div>
      {sign.error instanceof ProblemError && <ProblemView problem={sign.error.problem} />}
    </>
  )
}
