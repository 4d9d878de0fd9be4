import { listSubscriptions, subscribe } from '@tiaoli/contract/subscriptions'
import { useText } from '../text/use-text.ts'
import { useAct, useRoute } from './api.ts'
import { Button } from './controls/button.tsx'
import { LinkButton } from './link-button.tsx'
import { useSession } from './session.ts'
import { Failure } from './states.tsx'

type Target = {
  readonly entryId?: string
  readonly organisationId?: string
  readonly search?: Readonly<Record<string, string>>
}

/** Follows what is looked at. Who is not signed in has a feed: of the provider, of the theme, or of everything. */
export function Follow({ target, provider }: { target: Target; provider?: string }) {
  const { t } = useText()
  const { data: session } = useSession()
  const user = session?.user ?? null
  const { data: mine } = useRoute(listSubscriptions, { query: { limit: 200 } }, { enabled: user !== null })
  const follow = useAct(subscribe)
  if (session === undefined) return null
  if (user === null)
    return <a href={feedOf({ ...(provider && { organisationId: provider }), ...target })}>{t.follow.feed}</a>
  if (mine?.items.some((each) => same(each, target)))
    return <LinkButton to="/desk/subscriptions">{t.follow.followed}</LinkButton>
  return (
    <>
      {follow.error && <Failure error={follow.error} />}
      <Button busy={follow.isPending} onClick={() => follow.mutate({ body: target })}>
        {t.follow.follow}
      </Button>
    </>
  )
}

const same = (
  one: { entryId: string | null; organisationId: string | null; search: object | null },
  { entryId, organisationId, search }: Target,
): boolean =>
  one.entryId === (entryId ?? null) &&
  one.organisationId === (organisationId ?? null) &&
  wordsOf(one.search) === wordsOf(search)

const feedOf = ({ organisationId, search }: Target): string => {
  const narrowed = new URLSearchParams()
  const organisation = organisationId ?? search?.organisation
  if (organisation !== undefined) narrowed.set('organisation', organisation)
  if (search?.theme !== undefined) narrowed.set('theme', search.theme)
  return `/feeds/entries.atom${narrowed.size > 0 ? `?${narrowed}` : ''}`
}

const wordsOf = (search: object | null | undefined): string =>
  JSON.stringify(Object.entries(search ?? {}).sort())
