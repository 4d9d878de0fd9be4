import { useMutation } from '@tanstack/react-query'
import { ProblemError } from '@tiaoli/contract/client'
import { traceFile } from '@tiaoli/contract/deliveries'
import { useId } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { Field } from '../../../kit/field.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'

type Traced = z.output<typeof traceFile.answer>

/** The file itself is the body of the request, as with an upload. */
async function send(file: File): Promise<Traced> {
  const response = await fetch(`${traceFile.path}?filename=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  const answer = await response.json()
  if (!response.ok) throw new ProblemError(answer)
  return answer
}

export default function TracePage() {
  const { t } = useDeskText()
  const id = useId()
  const trace = useMutation<Traced, Error, File>({ mutationFn: send })
  return (
    <Page title={t.trace.title} lead={t.trace.lead}>
      <Field id={id} label={t.trace.file}>
        <ChooseFile
          id={id}
          primary
          label={t.trace.file}
          chosen={trace.variables?.name}
          busy={trace.isPending}
          onChoose={(file) => trace.mutate(file)}
        />
      </Field>
      <div aria-live="polite">
        {trace.isPending && <p>{t.trace.working}</p>}
        {trace.error && <Failure error={trace.error} />}
        {trace.data &&
          (trace.data.delivery ? <Found delivery={trace.data.delivery} /> : <Unnamed traced={trace.data} />)}
      </div>
    </Page>
  )
}

function Unnamed({ traced: { reason, receivers } }: { traced: Traced }) {
  const { t, say } = useDeskText()
  return (
    <div className="stack">
      <p>{t.trace.none}</p>
      {reason && <p>{t.trace.reasons[reason]}</p>}
      {receivers.length > 0 && (
        <>
          <p>{t.trace.receivers}</p>
          <ul>
            {receivers.map(({ entry, receiver: { organisation, name }, grantId, files, lastAt }) => (
              <li key={`${entry.id} ${grantId} ${organisation?.id ?? name}`}>
                {[organisation && say(organisation.name), name].filter(Boolean).join(' · ')}
                {' · '}
                {grantId ? <Link to={`/desk/grants/${grantId}`}>{entry.title}</Link> : entry.title}
                {' · '}
                {t.trace.files(files, formatMoment(lastAt))}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Found({ delivery }: { delivery: NonNullable<Traced['delivery']> }) {
  const { t, say } = useDeskText()
  const { organisation, name } = delivery.receiver
  const { evidence } = delivery
  return (
    <div className="stack">
      <p>{t.trace.foundBy[delivery.foundBy]}</p>
      <Facts
        facts={[
          [
            t.trace.surety,
            evidence && t.trace.suretyOf(evidence.agreeing, evidence.carriers, evidence.surety),
          ],
          [t.trace.receiver, [organisation && say(organisation.name), name].filter(Boolean).join(' · ')],
          [
            t.trace.entry,
            <Link key="entry" to={`/entries/${delivery.entry.id}`}>
              {delivery.entry.title}
            </Link>,
          ],
          [
            t.trace.agreement,
            delivery.agreement && (
              <Link key="agreement" to={`/desk/agreements/${delivery.agreement.id}`}>
                {delivery.agreement.number}
              </Link>
            ),
          ],
          [
            t.trace.grant,
            delivery.grantId && (
              <Link key="grant" to={`/desk/grants/${delivery.grantId}`}>
                {delivery.grantId}
              </Link>
            ),
          ],
          [t.trace.scenario, delivery.scenario],
          [t.trace.at, formatMoment(delivery.at)],
          [t.trace.record, <code key="record">{delivery.recordId}</code>],
        ]}
      />
    </div>
  )
}
