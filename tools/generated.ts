import { routes } from '@tiaoli/contract/index'
import { openApiOf } from '@tiaoli/contract/openapi'
import { recordedCoverage, reportFile } from './law/check-law.ts'
import { readRegisters } from './law/registers.ts'
import { coverageReport } from './law/report.ts'
import { readPages } from './pages.ts'

/** Files that are made from the code and kept beside it, so that a change of the contract shows in review. */
export function generatedFiles(): { path: string; text: string }[] {
  return [
    { path: 'contract/openapi.json', text: `${JSON.stringify(openApiOf(routes, '0.1.0'), null, 1)}\n` },
    { path: 'contract/pages.json', text: `${JSON.stringify(readPages(), null, 2)}\n` },
    { path: reportFile, text: coverageReport(recordedCoverage(readRegisters())) },
  ]
}
