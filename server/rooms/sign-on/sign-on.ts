import { createProviderClient, type ProviderClientConfig } from './provider-client.ts'
import { createProviders, type ProvidersDeps } from './providers.ts'
import { createSignOnService } from './sign-on.service.ts'

export type SignOn = ReturnType<typeof createSignOn>

/** The room, put together. */
export function createSignOn(deps: ProvidersDeps & ProviderClientConfig) {
  const client = createProviderClient(deps)
  return {
    ...createSignOnService({ ...deps, client }),
    providers: createProviders(deps),
    returnAddress: client.returnAddress,
  }
}
