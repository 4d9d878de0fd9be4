import { agricultureEntries } from './agriculture.ts'
import { cityEntries } from './city.ts'
import { creditEntries } from './credit.ts'
import { cultureEntries } from './culture.ts'
import type { Definition } from './definition.ts'
import { economyEntries } from './economy.ts'
import { educationEntries } from './education.ts'
import { enterpriseEntries } from './enterprise.ts'
import { environmentEntries } from './environment.ts'
import { healthEntries } from './health.ts'
import { safetyEntries } from './safety.ts'
import { societyEntries } from './society.ts'
import { transportEntries } from './transport.ts'

export type { Access, Definition } from './definition.ts'

/** Every entry of the demo city, by theme. */
export const definitions: readonly Definition[] = [
  ...enterpriseEntries,
  ...societyEntries,
  ...transportEntries,
  ...environmentEntries,
  ...healthEntries,
  ...educationEntries,
  ...cultureEntries,
  ...economyEntries,
  ...cityEntries,
  ...safetyEntries,
  ...agricultureEntries,
  ...creditEntries,
]
