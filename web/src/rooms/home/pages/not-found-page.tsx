import { Link } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { Empty } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'

export default function NotFoundPage() {
  const { t } = useText()
  return (
    <Page title={t.home.notFound}>
      <Empty title={t.home.notFoundWhy} next={<Link to="/search">{t.home.toSearch}</Link>} />
    </Page>
  )
}
