import type { CivilDate } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import { areaList } from '@vant/area-data'

/** A place with its code of GB/T 2260 and the name of the place it belongs to. */
export type Division = { readonly code: string; readonly name: string; readonly parent: string }

/** What is real in the demo city: its name, its districts and where it lies. */
export type City = {
  readonly name: Text
  readonly code: string
  readonly districts: readonly Division[]
  /** Longitude and latitude in degrees. */
  readonly centre: readonly [number, number]
}

/** Data as of a day: what is generated for it ends there. */
export type CityOnDay = City & { readonly today: CivilDate }

/**
 * The city of that name, whether it is a province of its own or belongs to one; throws where GB/T 2260 has no such
 * name. A municipality (直辖市) stands in both lists: as a province it has all its districts.
 */
export function cityNamed(name: Text): City {
  const named = (list: Readonly<Record<string, string>>) =>
    Object.keys(list).find((each) => list[each] === name.zh)
  const province = named(areaList.province_list)
  const code = province ?? named(areaList.city_list)
  if (code === undefined) throw new Error(`no division is called ${name.zh}`)
  const prefix = code.slice(0, province === undefined ? 4 : 2)
  const districts = Object.entries(areaList.county_list)
    .filter(([district]) => district.startsWith(prefix))
    .map(([district, place]) => ({ code: district, name: place, parent: name.zh }))
  return { name, code, districts, centre: centres[prefix] ?? centres[code.slice(0, 2)]! }
}

/** Where cities lie, by the prefix of their division code: a city that is not named stands where its provincial capital does. */
const centres: Readonly<Record<string, readonly [number, number]>> = {
  '11': [116.41, 39.9],
  '12': [117.2, 39.12],
  '13': [114.51, 38.04],
  '14': [112.55, 37.87],
  '15': [111.75, 40.84],
  '21': [123.43, 41.8],
  '22': [125.32, 43.82],
  '23': [126.53, 45.8],
  '31': [121.47, 31.23],
  '32': [118.8, 32.06],
  '3205': [120.59, 31.3],
  '33': [120.16, 30.27],
  '34': [117.23, 31.82],
  '35': [119.3, 26.07],
  '3502': [118.09, 24.48],
  '36': [115.86, 28.68],
  '37': [117.12, 36.65],
  '41': [113.63, 34.75],
  '42': [114.31, 30.59],
  '43': [112.94, 28.23],
  '44': [113.26, 23.13],
  '45': [108.37, 22.82],
  '46': [110.2, 20.04],
  '50': [106.55, 29.56],
  '51': [104.07, 30.57],
  '52': [106.63, 26.65],
  '53': [102.83, 24.88],
  '54': [91.14, 29.65],
  '61': [108.94, 34.34],
  '62': [103.83, 36.06],
  '63': [101.78, 36.62],
  '64': [106.23, 38.49],
  '65': [87.62, 43.83],
}
