import type { RulebookView } from '@tiaoli/contract/rulebook'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Page } from '../kit/page.tsx'
import { useRulebook } from '../kit/rulebook.ts'
import { Empty } from '../kit/states.tsx'
import { useText } from '../text/use-text.ts'

/** Pages of rooms that only some regulations know, by the address under which the router has them. */
const knownWhere: Record<string, (rulebook: RulebookView) => unknown> = {
  results: ({ opening }) => opening.results,
  demands: ({ opening }) => opening.demands,
  'opening-lists': ({ opening }) => opening.lists,
  'opening-lists/:listId': ({ opening }) => opening.lists,
  systems: ({ assurance }) => assurance.systems,
  proof: ({ assurance }) => assurance.proofs,
  'desk/about-me': ({ assurance }) => assurance.subjects,
  'desk/supply': ({ matching }) => matching,
  'desk/opening-lists': ({ opening }) => opening.lists,
  'desk/reassessments': ({ opening }) => opening.reassessment,
  'desk/agreements': ({ opening }) => opening.agreement,
  'desk/filings': ({ assurance }) => assurance.filing,
  'desk/certificates': ({ assurance }) => assurance.certificates,
}

/** The page, or, where the city's regulation orders nothing of the kind, a word that says so. */
export function Offered({ at, children }: { at: string; children: ReactNode }) {
  const { t } = useText()
  const { data: rulebook } = useRulebook()
  const known = knownWhere[at]
  if (known === undefined || rulebook === undefined || known(rulebook)) return children
  return (
    <Page title={t.common.notHere}>
      <Empty title={t.common.notHereWhy} next={<Link to="/search">{t.common.toCatalogue}</Link>} />
    </Page>
  )
}
