export const compilation = {
  compilation: {
    specification: 'Specification',
    version: (number: number): string => `Version ${number}`,
    catalogues: 'Catalogues',
    edition: (number: number): string => `Edition ${number}`,
    review: 'Review',
    dueOn: 'Interval ended',
    reviewNow: 'Review this entry',
    reviewFollows:
      'Who reviewed and when goes on record. Where the content has changed, submit a change instead.',
    standing: 'Specification and edition',
    metAndInForce: (met: number | null, inForce: number): string =>
      met === inForce
        ? `Meets version ${inForce}, in force`
        : `${met === null ? 'Not checked yet' : `Meets version ${met}`}; to be updated to version ${inForce}`,
    overdue: 'past the city’s interval',
    versions: 'Versions',
    versionBefore: 'Before',
    versionAfter: 'After',
    property: 'Property',
    firstVersion: 'First publication',
    need: 'Need',
    business: 'Business',
    source: 'Source',
    subjectType: 'Subject of the data',
    subjectTypes: {
      'natural-person': 'natural persons',
      organisation: 'legal persons and other organisations',
      geospatial: 'natural resources and geospace',
      other: 'other',
    },
    parentItem: 'Item of the national or city catalogue',
    extra: 'What the specification asks for besides',
  },
}
