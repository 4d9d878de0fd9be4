/** Programs by what they write of themselves, the telling ones first: each browser also names those it resembles. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/(?:QQBrowser|MQQBrowser)\//, 'QQ'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** A User-Agent in words that tell one's own devices apart, such as `Chrome · Windows`; as it came where it is of no known kind. */
export function programName(agent: string): string {
  const named = [programs, systems].flatMap((kinds) => kinds.find(([sign]) => sign.test(agent))?.[1] ?? [])
  return named.length === 0 ? agent : named.join(' · ')
}
