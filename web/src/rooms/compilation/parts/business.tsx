import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, choiceQuestion, textQuestion } from '../../../kit/ask.ts'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useBusiness, useCreateBusiness } from '../compilation.queries.ts'

const kinds = ['power', 'service', 'function'] as const

/** Pieces of business of the own body, each with the number of entries that answer to it. */
export function Business({ organisationId }: { organisationId: string }) {
  const { t } = usePortalText()
  const pages = useBusiness(organisationId)
  const create = useCreateBusiness()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const { article, editable } = read[0]!
        if (article === null) return null
        const items = read.flatMap((page) => page.items)
        return (
          <Section
            title={
              <>
                {t.compilation.business} <ArticleChip article={article} />
              </>
            }
            note={t.compilation.businessLead}
          >
            {items.length === 0 ? (
              <p className="quiet">{t.compilation.noBusiness}</p>
            ) : (
              <Table
                caption={t.compilation.business}
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'name', title: t.compilation.businessName, cell: (one) => one.name },
                  {
                    key: 'kind',
                    title: t.compilation.businessKind,
                    cell: (one) => t.compilation.businessKinds[one.kind],
                  },
                  { key: 'basis', title: t.compilation.businessBasis, cell: (one) => one.basis },
                  { key: 'entries', title: t.compilation.entries, numeric: true, cell: (one) => one.entries },
                ]}
              />
            )}
            <More {...pages} />
            {editable && (
              <ActDrawer
                title={t.compilation.addBusiness}
                draftKey="business"
                fields={[
                  textQuestion('name', { zh: '事项名称', en: 'Name' }),
                  choiceQuestion(
                    'kind',
                    { zh: '类别', en: 'Kind' },
                    kinds.map((key) => ({
                      key,
                      term: { zh: t.compilation.businessKinds[key], en: t.compilation.businessKinds[key] },
                    })),
                  ),
                  textQuestion('basis', { zh: '依据', en: 'Basis' }, { required: false, maxLength: 300 }),
                ]}
                onSubmit={(content) =>
                  create.mutateAsync({
                    body: {
                      name: answerOf(content, 'name'),
                      kind: kinds.find((kind) => kind === content.kind) ?? 'function',
                      basis: answerOf(content, 'basis'),
                    },
                  })
                }
              />
            )}
          </Section>
        )
      }}
    </Await>
  )
}
