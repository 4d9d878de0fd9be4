/** Only paths of this site: an address that leads elsewhere is not followed after signing in. */
export const safePath = (to: string | null): string => (to && /^\/(?![/\\])/.test(to) ? to : '/desk')
