import { Link, useSearchParams } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { CasesInBox } from '../parts/cases-in-box.tsx'

const boxes = ['mine', 'all'] as const

export default function RequestsPage() {
  const { t } = useDeskText()
  const [search, setSearch] = useSearchParams()
  const { data: session } = useSession()
  const user = session?.user
  // Who files no requests comes for those of others; who belongs to no organisation has only their own.
  const usual = user?.organisation && !user.powers.includes('requester') ? 'all' : 'mine'
  const box = boxes.find((one) => one === search.get('box')) ?? usual
  return (
    <Page title={t.desk.requests} lead={t.cases.requestsLead}>
      {user?.organisation && (
        <Switch
          label={t.cases.whose}
          value={box}
          options={boxes.map((value) => ({ value, label: t.cases.boxes[value] }))}
          onChange={(value) => setSearch({ box: value }, { replace: true })}
        />
      )}
      <CasesInBox
        box={box}
        label={t.cases.boxes[box]}
        empty={<Empty title={t.cases.requestsEmpty} next={<Link to="/search">{t.cases.toSearch}</Link>} />}
      />
    </Page>
  )
}
