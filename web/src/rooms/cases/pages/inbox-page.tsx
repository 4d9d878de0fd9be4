import { Link } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Empty } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { CasesInBox } from '../parts/cases-in-box.tsx'

export default function InboxPage() {
  const { t } = useDeskText()
  const { data: session } = useSession()
  // Whoever acts for no body has no desk of cases to go through by keys.
  const own = session?.user?.organisation === null
  return (
    <Page title={t.desk.inbox} lead={own ? t.cases.inboxOwnLead : t.cases.inboxLead}>
      <CasesInBox
        box="inbox"
        together={!own}
        label={t.desk.inbox}
        empty={
          <Empty
            title={own ? t.cases.inboxOwnEmpty : t.cases.inboxEmpty}
            next={<Link to="/desk/requests">{t.cases.toRequests}</Link>}
          />
        }
      />
    </Page>
  )
}
