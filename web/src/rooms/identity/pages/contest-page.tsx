import { ProblemError } from '@tiaoli/contract/client'
import { type ApplicantKind, applicantKinds } from '@tiaoli/contract/registration'
import { fileContest } from '@tiaoli/contract/registration-contests'
import { useState } from 'react'
import { useAct } from '../../../kit/api.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { Input, TextArea } from '../../../kit/controls/inputs.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { ContestResult } from '../parts/contest-result.tsx'
import { NarrowForm } from '../parts/narrow-form.tsx'

const unanswered = { number: '', name: '', contact: '', statement: '' }
const asked = ['number', 'name', 'contact', 'statement'] as const
type Key = (typeof asked)[number]

/** Whoever finds their number registered by another says so here, and asks what became of it. */
export default function ContestPage() {
  const { t, say } = usePortalText()
  const file = useAct(fileContest)
  const [kind, setKind] = useState<ApplicantKind>('natural-person')
  const [answers, setAnswers] = useState(unanswered)
  const faults = file.error instanceof ProblemError ? (file.error.problem.errors ?? []) : []
  const help: Partial<Record<Key, string>> = {
    number: t.contests.numberHelp,
    contact: t.contests.contactHelp,
    statement: t.contests.statementHelp,
  }
  const given = (key: Key) => {
    const fault = faults.find(({ path }) => path === key)
    return { error: fault && say(fault.message), help: help[key] }
  }
  const control = (key: Key) => ({
    id: key,
    value: answers[key],
    onChange: (event: { target: { value: string } }) => setAnswers({ ...answers, [key]: event.target.value }),
  })
  return (
    <Page title={t.contests.title} lead={t.contests.lead}>
      {file.data ? (
        <div role="status">
          <p>
            <strong>{t.contests.filed}</strong>
          </p>
          <p style={{ overflowWrap: 'anywhere' }}>{t.contests.filedNote(file.data.id)}</p>
        </div>
      ) : (
        <NarrowForm label={t.contests.title} onSubmit={() => file.mutate({ body: { kind, ...answers } })}>
          <Field id="kind" label={t.registration.kind}>
            <Select
              id="kind"
              value={kind}
              options={applicantKinds.map((value) => ({ value, label: t.registration.kinds[value] }))}
              onChange={(value) => setKind(value as ApplicantKind)}
            />
          </Field>
          {asked.map((key) => {
            const { error, help } = given(key)
            return (
              <Field
                key={key}
                id={key}
                label={t.contests[key]}
                {...(help ? { help } : {})}
                {...(error ? { error } : {})}
              >
                {key === 'statement' ? (
                  <TextArea rows={4} maxLength={2000} {...control(key)} />
                ) : (
                  <Input maxLength={120} autoComplete="off" {...control(key)} />
                )}
              </Field>
            )
          })}
          {file.error && faults.length === 0 && <Failure error={file.error} />}
          <div>
            <Button primary type="submit" busy={file.isPending}>
              {t.contests.submit}
            </Button>
          </div>
        </NarrowForm>
      )}
      <Section title={t.contests.ask}>
        <ContestResult />
      </Section>
    </Page>
  )
}
