import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes: begun last, one of them would go on alone while all other workers have nothing left to do. */
const long = [
  'scenarios/crash/crash.test.ts',
  'scenarios/browser/every-page.test.ts',
  'scenarios/browser/days.test.ts',
  'server/demo/demo.test.ts',
  'scenarios/browser/main-job.test.ts',
]

/** Begins with the tests that take longest; the others come in their usual order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => long.some((path) => moduleId.endsWith(path))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
