import { listSubscriptions, unsubscribe } from '@tiaoli/contract/subscriptions'
import { Link } from 'react-router'
import { useAct, usePages } from '../../../kit/api.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { formatDate, formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** What somebody follows, and the way to end it. */
export default function SubscriptionsPage() {
  const { t, say } = useDeskText()
  const pages = usePages(listSubscriptions, { query: {} })
  const end = useAct(unsubscribe)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.subscriptions.title} lead={t.subscriptions.lead}>
      <p>{t.subscriptions.where}</p>
      {end.error && <Failure error={end.error} />}
      <Await reading={reading} lines={5}>
        {(read) => {
          const items = read.flatMap((page) => page.items)
          if (items.length === 0)
            return (
              <Empty title={t.subscriptions.none} next={<Link to="/search">{t.common.toCatalogue}</Link>}>
                {t.subscriptions.noneWhy}
              </Empty>
            )
          return (
            <div className="stack">
              <Table
                caption={t.subscriptions.title}
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'what',
                    title: t.subscriptions.what,
                    width: 'roomy',
                    cell: ({ link, title }) => <Link to={link}>{say(title)}</Link>,
                  },
                  {
                    key: 'kind',
                    title: t.subscriptions.kind,
                    cell: ({ kind }) => t.subscriptions.kinds[kind],
                  },
                  {
                    key: 'since',
                    title: t.subscriptions.since,
                    width: 'unbroken',
                    cell: ({ createdAt }) => formatDate(createdAt),
                  },
                  {
                    key: 'told',
                    title: t.subscriptions.told,
                    width: 'unbroken',
                    cell: ({ toldAt }) => (toldAt ? formatMoment(toldAt) : t.subscriptions.never),
                  },
                  {
                    key: 'end',
                    title: t.subscriptions.end,
                    cell: ({ id, title }) => (
                      <Button
                        small
                        aria-label={t.subscriptions.endOf(say(title))}
                        busy={end.isPending && end.variables?.params?.subscriptionId === id}
                        onClick={() => end.mutate({ params: { subscriptionId: id } })}
                      >
                        {t.subscriptions.end}
                      </Button>
                    ),
                  },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
      <p className="quiet small">{t.subscriptions.notStatutory}</p>
    </Page>
  )
}
