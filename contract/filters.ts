/** How the values of a field are held against those that are asked for. */
export const filterOperators = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'prefix',
  'contains',
  'between',
  // Of a geometry: the box around it meets the box of west, south, east and north.
  'within',
  'isnull',
  'notnull',
] as const

export type FilterOperator = (typeof filterOperators)[number]
