import { lazy } from 'react'

/**
 * Parts of an entry's page that are fetched once it is known that this reader has them: its words stand there first.
 */
export const DataViewer = lazy(async () => ({
  default: (await import('../../../kit/data-view/data-view.tsx')).DataViewer,
}))
export const Cataloguing = lazy(async () => ({ default: (await import('./cataloguing.tsx')).Cataloguing }))
export const CommitmentPanel = lazy(async () => ({
  default: (await import('../../../kit/commitment/commitment-panel.tsx')).CommitmentPanel,
}))
