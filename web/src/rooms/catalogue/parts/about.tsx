import type { Entry } from '@tiaoli/contract/catalogue'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { useTerms } from '../../../kit/rulebook.ts'
import { useText } from '../../../text/use-text.ts'
import { useSpecification } from '../catalogue.queries.ts'

/** The catalogue's statements about an entry, with the conditions and the legal basis of its two types. */
export function About({ entry }: { entry: Entry }) {
  const { t, say } = useText()
  const items = useSpecification().data?.items.find(({ inForce }) => inForce)?.items
  const extraName = (key: string) => {
    const term = items?.find((item) => item.key === `extra.${key}`)?.term
    return term ? say(term) : key
  }
  const { sharingTerm, openingTerm, partTerm, rankTerm } = useTerms()
  const basis = (given: Entry['sharing']['basis']) =>
    given && `${given.instrument} ${given.article}（${rankTerm(given.rank)}）`
  return (
    <Facts
      beside
      facts={[
        [t.entry.sharing, sharingTerm(entry.sharing.type)],
        [t.entry.sharingConditions, entry.sharing.conditions],
        [t.entry.typeReasons, entry.sharing.reasons],
        [t.entry.sharingBasis, basis(entry.sharing.basis)],
        [t.entry.opening, openingTerm(entry.opening.type)],
        [t.entry.openingConditions, entry.opening.conditions],
        [t.entry.openingBasis, basis(entry.opening.basis)],
        [t.entry.sharingMode, entry.sharingMode],
        [t.entry.openingMode, entry.openingMode],
        [t.entry.useRequirements, entry.useRequirements],
        [t.entry.theme, t.themes[entry.theme as keyof typeof t.themes] ?? entry.theme],
        [t.entry.part, partTerm(entry.part)],
        [t.entry.keywords, entry.keywords.join(t.common.listSeparator)],
        [t.entry.sourceSystem, entry.sourceSystem],
        [
          t.sources.location,
          entry.heldAt ? t.sources.heldAt(entry.heldAt) : entry.liveAt && t.sources.onPlatform,
        ],
        [t.entry.ownCollection, entry.ownCollection],
        [t.entry.format, entry.format],
        [t.entry.publishedOn, entry.publishedAt && formatDate(entry.publishedAt)],
        ...entry.decisions.map(
          (decision) =>
            [
              t.entry.decisions[decision.about],
              <span key={decision.about}>
                {say(decision.value)} · {decision.reference} · {formatDate(decision.decidedAt)}{' '}
                <ArticleChip article={decision.article} />
              </span>,
            ] as const,
        ),
        [
          t.entry.assessment,
          entry.assessment &&
            [
              entry.assessment.conclusion,
              entry.assessment.assessor,
              entry.assessment.assessedAt && formatDate(entry.assessment.assessedAt),
            ]
              .filter(Boolean)
              .join(' · '),
        ],
        [t.compilation.subjectType, entry.subjectType && t.compilation.subjectTypes[entry.subjectType]],
        [t.compilation.need, entry.need],
        [t.compilation.parentItem, entry.parentItem],
        ...Object.entries(entry.extra).map(([key, value]) => [extraName(key), value] as const),
      ]}
    />
  )
}
