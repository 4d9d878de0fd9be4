import { getCaseFigures } from '@tiaoli/contract/cases'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useText } from '../../../text/use-text.ts'

const counts = ['filed', 'open', 'granted', 'refused', 'withdrawn', 'overdue'] as const

/** How requests ended, by the body that provides the data. */
export default function FiguresPage() {
  const { t, say } = useText()
  return (
    <Page title={t.figures.title} lead={t.figures.lead}>
      <Await reading={useRoute(getCaseFigures, {})} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.figures.none} />
          ) : (
            <Table
              caption={t.figures.title}
              rows={items}
              rowKey={(each) => `${each.procedure.key} ${each.provider.id}`}
              columns={[
                {
                  key: 'procedure',
                  title: t.figures.procedure,
                  cell: (each) => (
                    <Link to={`/desk/requests?procedure=${each.procedure.key}`}>
                      {say(each.procedure.title)}
                    </Link>
                  ),
                },
                { key: 'provider', title: t.figures.provider, cell: (each) => say(each.provider.name) },
                ...counts.map((key) => ({
                  key,
                  title: t.figures[key],
                  numeric: true,
                  cell: (each: (typeof items)[number]) => each[key],
                })),
              ]}
            />
          )
        }
      </Await>
    </Page>
  )
}
