import { type Language, type Text, text } from './text.ts'

/** Themes under which entries stand in the catalogue, in the words of the portal. */
export const themes = {
  enterprise: text('市场主体', 'Business'),
  society: text('社会民生', 'Society'),
  transport: text('交通出行', 'Transport'),
  environment: text('生态环境', 'Environment'),
  health: text('医疗卫生', 'Health'),
  education: text('教育科技', 'Education and science'),
  culture: text('文化旅游', 'Culture and tourism'),
  economy: text('经济建设', 'Economy'),
  city: text('城市建设', 'Urban construction'),
  safety: text('公共安全', 'Public safety'),
  agriculture: text('农业农村', 'Agriculture'),
  credit: text('信用服务', 'Credit services'),
  other: text('其他', 'Other'),
} as const satisfies Record<string, Text>

export type ThemeKey = keyof typeof themes

/** An entry may stand under a theme that the list does not have: it goes by its own key then. */
export const themeTitle = (key: string): Text =>
  Object.hasOwn(themes, key) ? themes[key as ThemeKey] : text(key, key)

export const themeTitlesIn = (language: Language): Record<ThemeKey, string> =>
  Object.fromEntries(Object.entries(themes).map(([key, title]) => [key, title[language]])) as Record<
    ThemeKey,
    string
  >
