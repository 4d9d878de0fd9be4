import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is; installed from Debian's packages, with a Chinese font, where that is possible. */
export function ensureChromium(): string {
  const named = process.env.CHROMIUM_PATH
  const found = named ?? places.find((path) => existsSync(path))
  if (found !== undefined) return found
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      { stdio: 'ignore' },
    )
  } catch {
    throw new Error(
      'Chromium is needed for the browser tests: install it with "apt-get install chromium fonts-noto-cjk" as root, or name one in CHROMIUM_PATH',
    )
  }
  return places.find((path) => existsSync(path))!
}
