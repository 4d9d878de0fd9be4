import type { Fault } from '../../kit/act-form/check-content.ts'
import type { kit as source } from '../zh/kit.ts'

const basisParts = { rank: 'Rank', instrument: 'Instrument', article: 'Article' }
const days = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`

export const kit: typeof source = {
  common: {
    readAnew: 'Read the latest',
    print: 'Print',
    back: 'Back',
    yesNo: (value) => (value ? 'yes' : 'no'),
  },
  clock: {
    paused: (day: string): string => `stands still since ${day}; what is left is counted when it goes on`,
    title: 'Time limits',
    left: (count) => `${days(count)} left`,
    dueToday: 'Due today',
    overdueBy: (count) => `Overdue by ${days(count)}`,
    wasBefore: (day) => `was due by ${day}`,
    before: (day) => `by ${day}`,
    none: 'No time limit is running',
    workingDays: days,
    stopped: (at) => (at ? `Stopped · ${at}` : 'Stopped'),
    provisionalHelp: 'The holidays of that year are not announced yet; the date will be computed again.',
    extended: 'Extended',
    owedBy: (role, organisation) => (organisation ? `Owed by ${organisation} (${role})` : `Owed by ${role}`),
    showDays: (count) => `Show the ${days(count)} that count`,
    counts: 'counts',
    countsNot: 'does not count',
    reasons: {
      weekday: 'Working day',
      weekend: 'Weekend',
      holiday: 'Public holiday',
      'make-up': 'Make-up day',
    },
  },
  form: {
    choose: 'Choose',
    chooseFile: 'Choose a file',
    removeFile: 'Go without this file',
    removeFileNamed: (file) => `Go without this file: ${file}`,
    findEntry: 'Type words of its title, then choose from the list',
    draftKept: 'Draft kept in this browser',
    chosen: (count, of) => `${count} of ${of} chosen`,
    chooseHarmless: 'Choose all that are not personal',
    affirm: 'I undertake this, for my organisation where I act for one',
    affirmed: 'affirmed',
    chooseNone: 'Clear',
    confirmAct: (act) => `Confirm: ${act}`,
    leadsTo: (state, roles) =>
      roles
        ? `The case then moves to “${state}” and waits for ${roles}.`
        : `The case then moves to “${state}”.`,
    rows: {
      all: 'All rows',
      add: 'Add a condition',
      removeShort: 'Remove',
      remove: (number) => `Remove condition ${number}`,
      field: (number) => `Condition ${number}: field`,
      operator: (number) => `Condition ${number}: relation`,
      value: (number, place) => `Condition ${number}: ${place === 0 ? 'value' : 'to'}`,
      values: (number) => `Condition ${number}: values, separated by commas`,
      yes: 'yes',
      no: 'no',
      operators: {
        eq: 'is',
        ne: 'is not',
        in: 'is one of',
        prefix: 'begins with',
        lt: 'is below (before)',
        lte: 'is at most (not after)',
        gt: 'is above (after)',
        gte: 'is at least (not before)',
        between: 'is between',
        isnull: 'has no value',
        notnull: 'has a value',
      },
    },
    limits: {
      rowsPerRequest: 'Rows with one request, at most',
      rowsPerDay: 'Rows a day, at most',
      requestsPerMinute: 'Requests a minute, at most',
    },
    fault: (fault: Fault, title) => {
      switch (fault.kind) {
        case 'missing':
          return `State: ${title}`
        case 'unchosen':
          return `Choose: ${title}`
        case 'unaffirmed':
          return `Affirm: ${title}`
        case 'short':
          return `${title}: at least ${fault.length} characters`
        case 'long':
          return `${title}: at most ${fault.length} characters`
        case 'condition-incomplete':
          return `${title}: complete condition ${fault.number}`
        case 'not-whole':
          return `${title}: whole numbers from 1`
        case 'basis-incomplete':
          return `${title}: state the ${basisParts[fault.part].toLowerCase()}`
      }
    },
  },
  basis: {
    ...basisParts,
    instrumentExample: 'for example, Data Security Law',
    articleExample: 'for example, Article 21',
  },
  data: {
    viewAs: 'View as',
    views: { table: 'Table', plot: 'Plot', map: 'Map' },
    about: 'about ',
    rowCount: (count, filtered) => (filtered ? `${count} rows match` : `${count} rows`),
    snapshot: (number) => `Snapshot ${number}`,
    asOf: (at) => `as of ${at}`,
    tableLabel: (title) => `${title}: rows`,
    sortBy: (name) => `Sort by ${name}`,
    sorted: { up: 'ascending', down: 'descending' },
    noRows: 'No row matches',
    noRowsWhy: 'Remove a condition.',
    filter: 'Filter',
    filterField: 'Field',
    filterOperator: 'Condition',
    filterValue: 'Value',
    addFilter: 'Add condition',
    filtersSet: 'Conditions set',
    removeFilter: 'Remove this condition',
    operators: {
      eq: 'is',
      ne: 'is not',
      contains: 'contains',
      within: 'within (west, south, east, north)',
      prefix: 'begins with',
      gte: 'at least',
      lte: 'at most',
      isnull: 'is empty',
      notnull: 'is not empty',
    },
    download: 'Download',
    downloadFiltered: 'Download what matches',
    boxOf: (names) => `${names.replace(',', ' and ')} (box)`,
    boxValue: 'such as 106.4, 29.5, 106.6, 29.6',
    formats: {
      csv: 'CSV',
      gb18030: 'CSV (GB 18030)',
      xlsx: 'Excel',
      json: 'JSON',
      geojson: 'GeoJSON',
      parquet: 'Parquet',
    },
    groupBy: 'Group by',
    measure: 'Measure',
    measures: { count: 'Rows', sum: 'Sum', avg: 'Average', min: 'Smallest', max: 'Largest' },
    grains: { year: 'by year', month: 'by month', day: 'by day' },
    noValue: '(empty)',
    asTable: 'Show these numbers as a table',
    plotLabel: (group, measure, count) => `${measure} by ${group}, ${count} groups`,
    nothingToPlot: 'No field is fit for a plot',
    nothingToPlotWhy: 'Nearly every value occurs once, so grouping would say nothing. Look at the table.',
    nothingToMap: 'No places',
    nothingToMapWhy: 'The entry has neither coordinates nor division codes. Look at the table or the plot.',
    noPlaces: 'No matching row has coordinates',
    allPlaces: (count) => `${count} places.`,
    firstPlaces: (count) => `The first ${count} places; filter to see fewer.`,
    mapWithoutTiles: 'The background is a grid of longitude and latitude, without boundaries.',
    mapLabel: (title, count) => `${title}: map of ${count} places`,
    districtCircles:
      'Each circle lies at a point of its district; its area is the number of rows. The background is a grid of longitude and latitude, without boundaries.',
    districtsMissing: (count) => `No point is known of ${count} more; they are in the list below only.`,
    noDistrictPoints: 'No point is known of these districts; they are listed by number of rows.',
    scenario: 'Scenario of use',
    scenarioHelp: 'Each use names the duty or scenario that it serves; it is recorded.',
    nameScenario: 'Name the scenario of use first, then look at the data.',
    citeAs: 'Name the source in what you make of the data:',
  },
  law: {
    ourSummaryLong: 'A summary for convenience, not the text of the regulation. The text decides.',
    title: 'Regulation',
    lead: (on) => `In force since ${on}. Summaries of its articles; the text decides.`,
    whereUsed: 'Where it applies here',
    notUsed: 'No step of the platform rests directly on this article.',
    neighbours: 'Articles before and after',
    procedures: 'Procedures',
    proceduresLead:
      'States, acts and time limits come from the regulation; local targets are marked “not statutory”.',
    procedureSize: (states, acts, clocks) => `${states} states · ${acts} acts · ${clocks} time limits`,
    noProcedure: 'There is no such procedure',
    states: 'States',
    statesHelp: 'Read from top to bottom. A square is an end.',
    stays: 'stays in this state',
    waits: (roles) => `Waits for ${roles}`,
    clocks: 'Time limits',
    clocksHelp: 'In working days: public holidays do not count, make-up days do.',
    noClocks: 'This procedure has no time limit.',
    clock: 'What',
    length: 'Length',
    owner: 'Owed by',
    source: 'Source',
  },
}
