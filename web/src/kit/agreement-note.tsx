import { type AgreementView, getCaseAgreement } from '@tiaoli/contract/agreements'
import type { Case } from '@tiaoli/contract/cases'
import { usePortalText } from '../text/use-text.ts'
import { useRoute } from './api.ts'
import { Facts } from './facts.tsx'
import { LinkButton } from './link-button.tsx'
import { Section } from './page.tsx'
import { useRulebook } from './rulebook.ts'

/** The agreement of a case, in a procedure that ends in one. */
export function useCaseAgreement(found: Case) {
  const { data: rulebook } = useRulebook()
  return useRoute(
    getCaseAgreement,
    { params: { caseId: found.id } },
    { enabled: rulebook?.opening.agreement?.procedure === found.procedure.key },
  )
}

/** Where the agreement stands, and the way to its text: read before it is signed. */
export function AgreementNote({ agreement }: { agreement: AgreementView }) {
  const { t, say } = usePortalText()
  return (
    <Section title={say(agreement.name)}>
      <div className="stack">
        <Facts
          facts={[
            [
              t.agreements.number,
              <span key="number" className="mono">
                {agreement.number}
              </span>,
            ],
            [t.agreements.standing, t.agreements.standings[agreement.standing]],
            [t.agreements.until, agreement.untilOn],
            [
              t.agreements.deviations,
              agreement.modelVersion === null
                ? null
                : agreement.deviations.length === 0
                  ? t.agreements.noDeviations
                  : agreement.deviations.map(({ title }) => say(title)).join(t.common.listSeparator),
            ],
          ]}
        />
        <div>
          <LinkButton to={`/desk/agreements/${agreement.id}`}>{t.agreements.toAgreement}</LinkButton>
        </div>
      </div>
    </Section>
  )
}
