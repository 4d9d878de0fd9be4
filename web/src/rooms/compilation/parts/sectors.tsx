import { ProblemError } from '@tiaoli/contract/client'
import type { Sector } from '@tiaoli/contract/sectors'
import { Link } from 'react-router'
import { OrganisationControl } from '../../../kit/act-form/organisation-control.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatNumber } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { ProblemView } from '../../../kit/problem-view.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useSectors, useSetSectorLead } from '../compilation.queries.ts'

/** The catalogues of sectors: what all bodies provide of a theme, under the body that leads it. */
export function Sectors() {
  const { t, say, language } = usePortalText()
  const setLead = useSetSectorLead()
  const nameOf = ({ theme }: Sector) => t.themes[theme as keyof typeof t.themes] ?? theme
  return (
    <Await reading={useSectors()}>
      {({ items, article, settable }) =>
        article === null || items.length === 0 ? null : (
          <Section
            title={
              <>
                {t.compilation.sectors} <ArticleChip article={article} />
              </>
            }
            note={t.compilation.sectorsLead}
          >
            {setLead.error instanceof ProblemError && <ProblemView problem={setLead.error.problem} />}
            <Table
              caption={t.compilation.sectors}
              rows={items}
              rowKey={({ theme }) => theme}
              columns={[
                {
                  key: 'sector',
                  title: t.compilation.sectorName,
                  cell: (one) => <Link to={`/search?theme=${one.theme}`}>{nameOf(one)}</Link>,
                },
                {
                  key: 'lead',
                  title: t.compilation.sectorLeadBody,
                  cell: (one) =>
                    settable ? (
                      <OrganisationControl
                        id={`lead-${one.theme}`}
                        aria-label={`${nameOf(one)}：${t.compilation.sectorLeadBody}`}
                        value={one.lead?.id ?? ''}
                        onChange={(organisationId) =>
                          setLead.mutate({ params: { theme: one.theme }, body: { organisationId } })
                        }
                      />
                    ) : one.lead ? (
                      say(one.lead.name)
                    ) : (
                      <span className="quiet">{t.common.notGiven}</span>
                    ),
                },
                {
                  key: 'entries',
                  title: t.compilation.entries,
                  numeric: true,
                  cell: (one) => formatNumber(one.entries, language),
                },
                {
                  key: 'institutions',
                  title: t.compilation.institutions,
                  numeric: true,
                  cell: (one) => formatNumber(one.institutions, language),
                },
              ]}
            />
          </Section>
        )
      }
    </Await>
  )
}
