import { setPreferences, usePreferences } from '../kit/preferences.ts'
import { fetchTexts, useText } from '../text/use-text.ts'
import styles from './shell.module.css'

/** How the reader wants to read: language, light, size of letters. */
export function Reading() {
  const { t } = useText()
  const { language, light, size } = usePreferences()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <>
      <button
        type="button"
        className={styles.tool}
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        onClick={() => void fetchTexts(other).then(() => setPreferences({ language: other }))}
      >
        {other === 'zh' ? '中文' : 'English'}
      </button>
      <button
        type="button"
        className={styles.tool}
        aria-pressed={size === 'large'}
        onClick={() => setPreferences({ size: size === 'large' ? 'normal' : 'large' })}
      >
        {t.shell.largeText}
      </button>
      <button
        type="button"
        className={styles.tool}
        aria-pressed={light === 'dark'}
        onClick={() => setPreferences({ light: light === 'dark' ? 'light' : 'dark' })}
      >
        {t.shell.dark}
      </button>
    </>
  )
}
