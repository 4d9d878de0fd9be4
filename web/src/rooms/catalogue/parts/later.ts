import { lazy } from 'react'
import { withPortalWords } from '../../../text/use-text.ts'

/**
 * Parts of an entry's page that are fetched once it is known that this reader has them: its words stand there first.
 */
export const DataViewer = lazy(() =>
  withPortalWords(async () => ({
    default: (await import('../../../kit/data-view/data-view.tsx')).DataViewer,
  })),
)
export const Cataloguing = lazy(() =>
  withPortalWords(async () => ({ default: (await import('./cataloguing.tsx')).Cataloguing })),
)
export const CommitmentPanel = lazy(() =>
  withPortalWords(async () => ({
    default: (await import('../../../kit/commitment/commitment-panel.tsx')).CommitmentPanel,
  })),
)
