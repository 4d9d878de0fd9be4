import { type FilterOperator, filterOperators } from '@tiaoli/contract/filters'
import { text } from '@tiaoli/kernel/text'
import type { AggregateQuery, Filter, RowQuery } from '../foundations/lake/index.ts'
import { Problem } from '../foundations/problems/index.ts'

const operators: ReadonlySet<string> = new Set(filterOperators)
const severalValues: ReadonlySet<string> = new Set(['in', 'between', 'within'])
const noValue: ReadonlySet<string> = new Set(['isnull', 'notnull'])
const grains: ReadonlySet<string> = new Set(['year', 'month', 'day'])
const operations: ReadonlySet<string> = new Set(['count', 'sum', 'avg', 'min', 'max'])

/** Names of fields as they stand in an address: separated by commas. */
export const readFields = (fields: string | undefined): string[] | undefined =>
  fields === undefined
    ? undefined
    : fields
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')

/**
 * `longitude,latitude:within:west|south|east|north` as the two ranges that it is. A box whose west lies east of its
 * east goes over the 180th meridian, where no Chinese city is: it holds nothing.
 */
function readBox(clause: string): Filter[] | undefined {
  const found = /^([^,]+),([^,:]+):within:([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)$/.exec(clause)
  if (found === null) return undefined
  const [longitude, latitude, west, south, east, north] = found.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return [
    { field: longitude, operator: 'between', values: [west, east] },
    { field: latitude, operator: 'between', values: [south, north] },
  ]
}

/** `field:operator:value` from the address. Field names may hold colons: the operator is the first known word after one. */
export function readFilters(where: readonly string[] | undefined): Filter[] {
  return (where ?? []).flatMap((clause): Filter[] => {
    const box = readBox(clause)
    if (box !== undefined) return box
    for (let colon = clause.indexOf(':'); colon !== -1; colon = clause.indexOf(':', colon + 1)) {
      const rest = clause.slice(colon + 1)
      const end = rest.indexOf(':')
      const operator = end === -1 ? rest : rest.slice(0, end)
      if (!operators.has(operator)) continue
      const value = end === -1 ? '' : rest.slice(end + 1)
      const values = noValue.has(operator) ? [] : severalValues.has(operator) ? value.split('|') : [value]
      // A box of a geometry has four sides; one of two coordinates was read before.
      if (operator === 'within' && values.length !== 4) continue
      return [{ field: clause.slice(0, colon), operator: operator as FilterOperator, values }]
    }
    throw new Problem('bad-filter', {
      condition: text('筛选条件应写作 信息项:运算:值', 'A filter is written field:operator:value'),
      errors: [{ path: 'where', message: text('缺少运算符', 'The operator is missing') }],
    })
  })
}

export const readSort = (sort: string | undefined): RowQuery['sort'] =>
  (readFields(sort) ?? []).map((name) =>
    name.startsWith('-') ? { field: name.slice(1), descending: true } : { field: name, descending: false },
  )

export function readGroups(group: string): AggregateQuery['groupBy'] {
  const groups = (readFields(group) ?? []).map((part) => {
    const [, field, grain, width] = /^(.*?)(?::(year|month|day|bin)(?::([0-9.eE+-]+))?)?$/.exec(part)!
    if (grain === 'bin')
      return {
        field: field!,
        grain: 'bin' as const,
        ...(width === undefined ? {} : { binWidth: Number(width) }),
      }
    return grain !== undefined && grains.has(grain)
      ? { field: field!, grain: grain as 'year' | 'month' | 'day' }
      : { field: field! }
  })
  if (groups.length > 2)
    throw new Problem('bad-filter', { condition: text('最多按两项分组', 'Group by two fields at most') })
  return groups
}

export function readMeasures(measure: string): AggregateQuery['measures'] {
  return (readFields(measure) ?? []).map((part) => {
    const colon = part.indexOf(':')
    const operation = colon === -1 ? part : part.slice(0, colon)
    if (!operations.has(operation) || (operation !== 'count' && colon === -1))
      throw new Problem('bad-filter', {
        condition: text(
          '汇总应写作 count 或 sum:信息项 等',
          'A measure is written count or sum:field and the like',
        ),
      })
    return {
      operation: operation as AggregateQuery['measures'][number]['operation'],
      ...(colon === -1 ? {} : { field: part.slice(colon + 1) }),
    }
  })
}
