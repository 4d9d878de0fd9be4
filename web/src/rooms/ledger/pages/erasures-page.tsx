import { confirmErasure, listErasures } from '@tiaoli/contract/erasures'
import { useAct, usePages } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { ProposeErasure } from '../parts/propose-erasure.tsx'

/** What was erased of records, and what somebody else has to confirm yet. */
export default function ErasuresPage() {
  const { t } = useDeskText()
  const { data: session } = useSession()
  const powers = session?.user?.powers ?? []
  const pages = usePages(listErasures, { query: {} })
  const confirm = useAct(confirmErasure)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.erasures.title} lead={t.erasures.lead}>
      {confirm.error && <Failure error={confirm.error} />}
      <Await reading={reading} lines={6}>
        {(read) => {
          const erasures = read.flatMap((page) => page.items)
          if (erasures.length === 0) return <Empty title={t.erasures.empty} />
          return (
            <div className="stack">
              <Table
                caption={t.erasures.title}
                rows={erasures}
                rowKey={({ recordId }) => recordId}
                columns={[
                  {
                    key: 'record',
                    title: t.erasures.record,
                    cell: ({ recordId }) => (
                      <span className="row">
                        <code>{recordId}</code> <ReceiptLink recordId={recordId} />
                      </span>
                    ),
                  },
                  {
                    key: 'reason',
                    title: t.erasures.reason,
                    width: 'roomy',
                    cell: ({ reason, article }) => (
                      <>
                        {reason}{' '}
                        {article === null ? (
                          <span className="quiet">{t.erasures.notStatutory}</span>
                        ) : (
                          <ArticleChip article={article} />
                        )}
                      </>
                    ),
                  },
                  {
                    key: 'proposed',
                    title: t.erasures.proposed,
                    cell: (each) => `${each.proposedBy} ${formatMoment(each.proposedAt)}`,
                  },
                  {
                    key: 'confirmed',
                    title: t.erasures.confirmed,
                    cell: ({ recordId, confirmedBy, confirmedAt }) =>
                      confirmedAt !== null ? (
                        `${confirmedBy} ${formatMoment(confirmedAt)}`
                      ) : powers.includes('supervisor') ? (
                        <Button
                          danger
                          busy={confirm.isPending && confirm.variables?.params?.recordId === recordId}
                          onClick={() => confirm.mutate({ params: { recordId } })}
                        >
                          {t.erasures.confirm}
                        </Button>
                      ) : (
                        t.erasures.waits
                      ),
                  },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
      {powers.includes('officer') && (
        <Section title={t.erasures.propose} note={t.erasures.proposeNote}>
          <ProposeErasure />
        </Section>
      )}
    </Page>
  )
}
