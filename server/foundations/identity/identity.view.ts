import type { User as UserView } from '@tiaoli/contract/identity'
import type { User } from './identity.model.ts'

export const presentUser = (user: User): UserView => ({
  id: user.id,
  username: user.username,
  name: user.name,
  organisation: user.organisation && { id: user.organisation.id, name: user.organisation.name },
  powers: [...user.powers],
  authority: user.organisation?.kind === 'authority' ? user.organisation.level : null,
})

/** The value of a cookie of the request, as it came. */
export const cookieOf = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(/;\s*/)
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/** Behind a gateway that speaks TLS the cookie stays on TLS; the sign-in library knows only our own plain address. */
export const sessionCookies = (cookies: readonly string[], protocol: string): string[] =>
  cookies.map((cookie) =>
    protocol === 'https' && !/;\s*secure/i.test(cookie) ? `${cookie}; Secure` : cookie,
  )
