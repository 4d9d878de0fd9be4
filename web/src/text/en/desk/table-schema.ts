import type { tableSchema as source } from '../../zh/desk/table-schema.ts'

export const tableSchema: typeof source = {
  tableSchema: {
    file: 'Schema that comes with the file',
    choose: 'Choose a schema',
    fileHelp:
      'A Frictionless Table Schema (schema.json) or a datapackage.json, if there is one: types, marks for empty values and constraints are taken from it. One that lies in the archive needs no choosing.',
    notJson: 'The schema that was chosen is no JSON file. Nothing was uploaded.',
    notValid: (place) =>
      `This is no valid Table Schema or Data Package${place ? `; the fault is at ${place}` : ''}. Nothing was taken in.`,
    says: (type) => `Schema: ${type}`,
    types: {
      string: 'text',
      number: 'number',
      integer: 'integer',
      boolean: 'yes or no',
      object: 'JSON object',
      array: 'JSON array',
      list: 'list',
      date: 'date',
      time: 'time',
      datetime: 'date and time',
      year: 'year',
      yearmonth: 'month of a year',
      duration: 'duration',
      geopoint: 'point',
      geojson: 'GeoJSON',
      any: 'any',
    },
    required: 'required',
    contradicts:
      'Not the type that the catalogue declares: the catalogue counts, and constraints of the schema are not applied to this column.',
    unread: (names) =>
      `These bounds of the schema cannot be read as the type of the column, and are not applied: ${names}`,
    unchecked: (names) => `Not checked by the platform: ${names}`,
    suggests: (words) => `For the field of the entry: ${words}`,
    absent: (names) => `These fields of the schema have no column in the file: ${names}.`,
    primaryKey: (names) => `The schema has the key ${names}; the key of the entry is the one that counts.`,
    dialect: (names) => `These rules of the schema for cells and quotes are not applied: ${names}.`,
    suggestions: 'What the schema says of the fields',
    suggestionsHelp:
      'The entry says nothing of these fields yet. The words go into its draft; for a published entry into a revision, which you look over and hand in. Type, key and sensitivity are not taken from a file.',
    field: 'Field',
    part: 'Part',
    parts: { meaning: 'Meaning', unit: 'Unit' },
    words: 'In the schema',
    takeOver: 'Take over into the draft',
    takenOver: 'Written. Look it over, then hand it in.',
    toDraft: 'Open the entry for compiling',
    apply: 'Read as the schema says',
    describedLater: (at) =>
      `The schema was given after the file (${at}), which was read again by it. The run does not load by itself: a data steward looks at it and accepts it.`,
  },
}
