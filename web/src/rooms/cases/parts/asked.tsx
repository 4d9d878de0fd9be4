import type { Case } from '@tiaoli/contract/cases'
import type { Entry } from '@tiaoli/contract/catalogue'
import { limitsInWords } from '@tiaoli/kernel/grant-limits'
import { maskTerm } from '@tiaoli/kernel/masks'
import { rowsInWords } from '@tiaoli/kernel/row-filters'
import { Link } from 'react-router'
import { ContentValue } from '../../../kit/content-value.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { LeastData } from '../../../kit/least-data.tsx'
import { partyName } from '../../../kit/party-name.ts'
import { TypeWords } from '../../../kit/type-words.tsx'
import { usePortalText } from '../../../text/use-text.ts'

/** What was asked, and beside it what the catalogue says about the entry: types and conditions. */
export function Asked({ found, entry }: { found: Case; entry: Entry | undefined }) {
  const { t, say } = usePortalText()
  const masksCarried = Object.entries(found.renewal?.masks ?? {})
    .map(([name, mask]) => `${name}（${say(maskTerm(mask))}）`)
    .join(t.common.listSeparator)
  return (
    <Facts
      facts={[
        [t.cases.applicant, partyName(found.applicant, say)],
        [
          t.registration.known,
          found.registration &&
            [
              t.registration.kinds[found.registration.kind],
              t.registration.knownBy[found.registration.checkedBy],
              ...(found.registration.agent === null ? [] : [t.registration.agentNotVerified]),
              ...(found.registration.releasedAt === null ? [] : [t.registration.released]),
            ].join(t.common.listSeparator),
        ],
        [t.cases.openedAt, formatMoment(found.openedAt)],
        ...found.opening.map(
          (answer) =>
            [
              say(answer.title),
              <ContentValue key={answer.key} kind={answer.kind} value={answer.value} />,
            ] as const,
        ),
        [
          t.apply.leastDataShort,
          found.leastData && found.leastData.length > 0 && (
            <LeastData key="least-data" questions={found.leastData} toDecider />
          ),
        ],
        [t.cases.masksCarried, masksCarried || null],
        [t.cases.rowsCarried, found.renewal && (say(rowsInWords(found.renewal.rows)) || null)],
        [t.cases.limitsCarried, found.renewal && (say(limitsInWords(found.renewal.limits)) || null)],
        [
          t.cases.entry,
          found.entry && (
            <Link key="entry" to={`/entries/${found.entry.id}`}>
              {found.entry.title}
            </Link>
          ),
        ],
        [t.cases.provider, found.provider && say(found.provider.name)],
        [t.cases.types, entry && <TypeWords entry={entry} chips />],
        [t.apply.requirements, found.requirements],
        [t.entry.sharingConditions, entry?.sharing.conditions],
        [t.entry.openingConditions, entry?.opening.conditions],
      ]}
    />
  )
}
