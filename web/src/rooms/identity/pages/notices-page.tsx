import { Link } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useNotices, useReadNotices } from '../identity.queries.ts'
import styles from './notices-page.module.css'

export default function NoticesPage() {
  const { t, say } = useDeskText()
  const pages = useNotices()
  const read = useReadNotices()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const notices = pages.data?.pages.flatMap((page) => page.items) ?? []
  const unread = notices.some((notice) => notice.readAt === null)
  return (
    <Page
      title={t.desk.notices}
      actions={
        unread && (
          <Button busy={read.isPending} onClick={() => read.mutate({ body: {} })}>
            {t.notices.readAll}
          </Button>
        )
      }
    >
      <Await reading={reading}>
        {() =>
          notices.length === 0 ? (
            <Empty title={t.notices.empty}>{t.notices.emptyWhy}</Empty>
          ) : (
            <div className="stack">
              <ul className={styles.notices}>
                {notices.map((notice) => (
                  <li key={notice.id} data-unread={notice.readAt === null}>
                    <h2>
                      {notice.link ? <Link to={notice.link}>{say(notice.title)}</Link> : say(notice.title)}
                      {notice.readAt === null && <span className={styles.new}>{t.notices.unread}</span>}
                    </h2>
                    <p>{say(notice.body)}</p>
                    <p className="quiet small">{formatMoment(notice.at)}</p>
                  </li>
                ))}
              </ul>
              <More {...pages} />
            </div>
          )
        }
      </Await>
    </Page>
  )
}
