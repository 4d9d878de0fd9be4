import type { opening as source } from '../../zh/desk/opening.ts'

export const opening: typeof source = {
  reassess: {
    title: 'Assessment of conditional opening',
    lead: 'Conditionally opened entries are assessed again from time to time, and opened to all once they are fit.',
    setting: 'Interval',
    notSet: 'No interval has been set, so no dates are counted.',
    every: (months, instrument) => `every ${months} months (${instrument})`,
    months: 'Interval in months',
    instrument: 'Instrument that it rests on',
    set: 'Set the interval',
    entry: 'Entry',
    conditions: 'Conditions',
    nextOn: 'Next assessment',
    due: 'due',
    last: 'Last finding',
    findings: {
      keep: 'keep the conditions',
      qualifies: 'fit to be converted',
      converted: 'convert to open to all',
    },
    waits: 'found fit, not converted',
    grants: 'Live grants',
    assess: 'Assess',
    finding: 'Finding',
    reasons: 'Reasons',
    follows:
      'What is found fit is opened to all once another data steward of your body confirms it (asked by the platform, not statutory).',
    convert: 'Confirm the opening',
    note: 'What has changed',
    converting:
      'It is published as a revision of the entry and holds at once; grants that were given hold to their end, and applicants and holders are told.',
    empty: 'Nothing to assess',
  },
  trace: {
    title: 'Trace a file',
    lead: 'Choose a file to learn to whom it was handed over. It is looked at and not kept.',
    file: 'File to trace',
    working: 'Looking',
    none: 'The receiver cannot be named.',
    reasons: {
      'no-carriers': 'Nothing in the file could carry a mark: no text cells, no pseudonyms.',
      'too-few-carriers':
        'Too few different values in the file could carry a mark to name anybody with certainty.',
      'no-match':
        'No delivery was found of which you may be told: a body finds those of the data that it provides, the data authority finds all. The file may also be none of this platform, or was saved anew by another program.',
    },
    receivers: 'These were handed files with such columns; it is where to look, and proves nothing:',
    files: (count: number, last: string) => `${count} files, the last on ${last}`,
    foundBy: {
      mark: 'Found by the mark of the whole file',
      digest: 'Found by the digest of the file',
      rows: 'Found by the marks that its rows carry',
      pseudonyms: 'Found by its pseudonyms',
    },
    surety: 'Surety',
    suretyOf: (agreeing: number, carriers: number, power: number) =>
      `${agreeing} of ${carriers} agree; the chance of a wrong name is below 10 to the power of −${power}`,
    receiver: 'Receiver',
    entry: 'Entry',
    agreement: 'Agreement',
    grant: 'Grant',
    at: 'Handed over at',
    scenario: 'Scenario',
    record: 'Record',
    survives: 'Tracing of leaks',
    traceability: {
      values: 'Rows are marked and can be traced even when saved anew by another program',
      forms: 'Rows are marked; not traceable once another program saved them anew as CSV or JSON',
      file: 'Traceable as a whole file only; rows taken out of it cannot be traced',
    },
  },
}
