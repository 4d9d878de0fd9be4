import type { OpeningListSummary } from '@tiaoli/contract/opening-lists'
import { Link } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useOverview, useRemind } from '../opening.queries.ts'

/** Which bodies have published the list, and what has become of its lines; the authority reminds the others. */
export function Overview({ list }: { list: OpeningListSummary['list'] }) {
  const { t, say } = usePortalText()
  const remind = useRemind()
  return (
    <Await reading={useOverview(list.key, undefined)}>
      {({ items, year, mayRemind }) => (
        <div className="stack">
          <Table
            caption={t.lists.overview}
            rows={items}
            rowKey={({ organisation }) => organisation.id}
            columns={[
              {
                key: 'owner',
                title: t.lists.owner,
                cell: ({ organisation, published }) =>
                  published ? (
                    <Link to={`/opening-lists/${published.id}`}>{say(organisation.name)}</Link>
                  ) : (
                    say(organisation.name)
                  ),
              },
              ...(year === null ? [] : [{ key: 'year', title: t.lists.year, cell: () => year }]),
              {
                key: 'state',
                title: t.lists.outcome,
                cell: ({ published }) =>
                  published
                    ? t.lists.counts(published.lines, published.opened, published.notOpened)
                    : t.lists.none,
              },
            ]}
          />
          {mayRemind && items.some(({ published }) => published === null) && (
            <div className="row">
              <Button
                busy={remind.isPending}
                onClick={() => remind.mutate({ body: { list: list.key, ...(year ? { year } : {}) } })}
              >
                {t.lists.remind}
              </Button>
              {remind.data && <span role="status">{t.lists.reminded(remind.data.reminded.length)}</span>}
            </div>
          )}
          {remind.error && <Failure error={remind.error} />}
        </div>
      )}
    </Await>
  )
}
