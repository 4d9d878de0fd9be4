import { Link } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { Empty } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { CasesInBox } from '../parts/cases-in-box.tsx'

export default function InboxPage() {
  const { t } = useText()
  return (
    <Page title={t.desk.inbox} lead={t.cases.inboxLead}>
      <CasesInBox
        box="inbox"
        together
        label={t.desk.inbox}
        empty={
          <Empty title={t.cases.inboxEmpty} next={<Link to="/desk/requests">{t.cases.toRequests}</Link>} />
        }
      />
    </Page>
  )
}
