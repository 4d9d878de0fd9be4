/**
 * What runs within the page, before anything has been fetched: light and size of letters as the reader has chosen them,
 * before the first frame, so that nobody is shown a white page and then a dark one; and the interface itself once the
 * words of the server have been shown. On a quick line everything is there before that frame, and whoever began at once
 * would look at an empty page until all of it is drawn. A page in the background is not drawn at all.
 *
 * It is written into the page as text: it uses nothing but what it is given and what the browser has.
 *
 * @param main address of the module with which the interface begins.
 * @param memory under which name the browser remembers what the reader has chosen (`preferences.ts`).
 */
export function firstScript(main: string, memory: string): void {
  if (!location.pathname.startsWith('/embed/'))
    try {
      const { light, size } = JSON.parse(localStorage.getItem(memory) ?? '{}')
      const { dataset } = document.documentElement
      if (light === 'dark') dataset.light = light
      if (size === 'large') dataset.size = size
    } catch (unreadable) {
      console.warn(unreadable)
    }
  let begun = false
  const begin = () => {
    if (!begun) void import(main)
    begun = true
  }
  addEventListener('DOMContentLoaded', () => {
    requestAnimationFrame(() => setTimeout(begin))
    setTimeout(begin, document.visibilityState === 'visible' ? 1000 : 0)
  })
}

/** The element that runs it. Its digest stands in the policy of the page, which lets in no other. */
export function firstScriptElement(main: string, memory: string): string {
  const script = `(${firstScript.toString().replaceAll(/\s*\n\s*/g, '\n')})(${JSON.stringify(main)},${JSON.stringify(memory)})`
  if (script.includes('<')) throw new Error('the first script would end its element')
  return `<script>${script}</script>`
}
