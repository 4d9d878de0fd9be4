import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { useDeskText } from '../../../text/use-text.ts'
import { Feed } from '../parts/feed.tsx'
import { HandOvers } from '../parts/hand-overs.tsx'
import { Hooks } from '../parts/hooks.tsx'
import { MailNotices } from '../parts/mail-notices.tsx'
import { Replies } from '../parts/replies.tsx'
import { Sent } from '../parts/sent.tsx'

/** How one's work is arranged: cover while away, replies that are kept, and how one is told of what waits. */
export default function ArrangementsPage() {
  const { t } = useDeskText()
  const { data: session } = useSession()
  const member = session?.user?.organisation != null
  const dealsWithCases = session?.user?.powers.some((power) =>
    ['officer', 'steward', 'requester'].includes(power),
  )
  return (
    <Page title={t.arrangements.title} lead={t.arrangements.lead}>
      {member && <HandOvers />}
      {member && dealsWithCases && <Replies />}
      <Feed />
      <MailNotices />
      {member && <Hooks />}
      <Sent />
    </Page>
  )
}
