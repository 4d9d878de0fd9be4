import { type ThemeConfig, theme } from 'antd'

export type Light = 'light' | 'dark'
export type Size = 'normal' | 'large'

const palette = {
  light: {
    teal: '#0b6e74',
    red: '#b3261e',
    due: '#8a5200',
    ink: '#16211f',
    paper: '#ffffff',
    line: '#8a9895',
  },
  dark: {
    teal: '#62c3c6',
    red: '#ff9a90',
    due: '#f0b65c',
    ink: '#e6ecea',
    paper: '#101615',
    line: '#74827f',
  },
} as const

/** The Ant Design theme that says the same as styles/tokens.css; borders are dark enough for WCAG 1.4.11. */
export function antTheme(light: Light, size: Size): ThemeConfig {
  const colours = palette[light]
  return {
    algorithm: light === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colours.teal,
      colorLink: colours.teal,
      colorError: colours.red,
      colorWarning: colours.due,
      colorText: colours.ink,
      colorBgBase: colours.paper,
      colorBorder: colours.line,
      colorTextLightSolid: light === 'dark' ? '#06201f' : '#ffffff',
      fontFamily: 'var(--sans)',
      fontSize: size === 'large' ? 20 : 16,
      lineHeight: 1.7,
      controlHeight: size === 'large' ? 48 : 40,
      controlHeightSM: size === 'large' ? 40 : 34,
      fontSizeSM: size === 'large' ? 18 : 15,
      borderRadius: 4,
      wireframe: false,
      motion: false,
    },
    components: {
      Button: {
        fontWeight: 500,
        primaryShadow: 'none',
        defaultShadow: 'none',
        contentFontSizeSM: size === 'large' ? 18 : 15,
      },
    },
  }
}
