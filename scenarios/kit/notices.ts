import type { Caller } from './caller.ts'

export type SeenNotice = {
  readonly kind: string
  readonly title: { readonly zh: string }
  readonly body: { readonly zh: string }
  readonly link: string | null
}

/**
 * The newest notice of a caller that is of this kind or has these words in its title. Jobs that fall due tell of their
 * own things meanwhile, so that the newest of all is not for sure the one a scenario waits for. Throws where there is none.
 */
export async function noticeOf(caller: Pick<Caller, 'get'>, about: string): Promise<SeenNotice> {
  const notices: SeenNotice[] = (await caller.get('/api/v1/notices')).body.items
  const found = notices.find(({ kind, title }) => kind === about || title.zh.includes(about))
  if (found === undefined)
    throw new Error(`no notice of ${about}, only: ${notices.map(({ title }) => title.zh).join('; ')}`)
  return found
}
