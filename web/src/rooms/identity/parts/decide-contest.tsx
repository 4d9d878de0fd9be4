import {
  type Contest,
  type ContestOutcome,
  contestOutcomes,
  decideContest,
} from '@tiaoli/contract/registration-contests'
import { useState } from 'react'
import { useAct } from '../../../kit/api.ts'
import { AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { NarrowForm } from './narrow-form.tsx'

/** Releases a contested registration, or keeps it. */
export function DecideContest({ contest, onDone }: { contest: Contest; onDone: () => void }) {
  const { t } = useDeskText()
  const decide = useAct(decideContest)
  const [outcome, setOutcome] = useState<ContestOutcome | ''>('')
  const [reasons, setReasons] = useState('')
  return (
    <Section title={t.contests.decideOf(contest.name)}>
      <NarrowForm
        label={t.contests.decideOf(contest.name)}
        onSubmit={() => {
          if (outcome !== '')
            decide.mutate(
              { params: { contestId: contest.id }, body: { outcome, reasons } },
              { onSuccess: onDone },
            )
        }}
      >
        <Field id="contest-outcome" label={t.contests.outcome}>
          <Select
            id="contest-outcome"
            placeholder={t.people.whichAct}
            value={outcome}
            options={contestOutcomes.map((value) => ({ value, label: t.contests.outcomes[value] }))}
            onChange={(value) => setOutcome(value as ContestOutcome | '')}
          />
        </Field>
        <AskedLines
          id="contest-reasons"
          label={t.contests.reasons}
          rows={3}
          maxLength={2000}
          value={reasons}
          onChange={setReasons}
        />
        {decide.error && <Failure error={decide.error} />}
        <div>
          <Button
            primary
            type="submit"
            busy={decide.isPending}
            disabled={outcome === '' || reasons.trim() === ''}
          >
            {t.contests.decide}
          </Button>
        </div>
      </NarrowForm>
    </Section>
  )
}
