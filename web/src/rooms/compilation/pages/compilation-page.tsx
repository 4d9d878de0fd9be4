import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { Behind } from '../parts/behind.tsx'
import { Business } from '../parts/business.tsx'
import { Obtained } from '../parts/obtained.tsx'
import { Publishing } from '../parts/publishing.tsx'
import { Rounds } from '../parts/rounds.tsx'
import { Specification } from '../parts/specification.tsx'
import { Targets } from '../parts/targets.tsx'

/** Everything by which the catalogue is compiled, as far as the city's regulation orders it. */
export default function CompilationPage() {
  const { t } = usePortalText()
  const { data: session } = useSession()
  const organisation = session?.user?.organisation
  return (
    <Page title={t.compilation.title} lead={t.compilation.lead}>
      <Rounds />
      <Specification />
      <Behind />
      <Publishing />
      <Targets />
      {organisation && <Business organisationId={organisation.id} />}
      <Obtained />
    </Page>
  )
}
