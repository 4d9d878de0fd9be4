import { chromium } from 'playwright-core'

const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
})
const base = process.env.BASE ?? 'http://localhost:8099'
const steps = JSON.parse(process.argv[2])
for (const s of steps) {
  const c = await b.newContext({
    viewport: { width: s.w ?? 1280, height: s.h ?? 900 },
    locale: s.en ? 'en' : 'zh-CN',
    colorScheme: s.dark ? 'dark' : 'light',
  })
  const p = await c.newPage()
  p.on('pageerror', (e) => console.log('ERR', e.message))
  p.on('console', (m) => m.type() === 'error' && console.log('CON', m.text()))
  if (s.user) {
    const r = await c.request.post(base + '/api/v1/session', {
      data: { username: s.user, password: process.env.PW ?? 'demo-pass-1' },
      headers: { origin: base },
    })
    if (!r.ok()) console.log('login', r.status(), await r.text())
  }
  await p.goto(base + s.url)
  await p.waitForTimeout(s.wait ?? 2500)
  for (const t of s.click ?? []) {
    await p.getByText(t, { exact: true }).first().click()
    await p.waitForTimeout(1500)
  }
  await p.screenshot({ path: '/tmp/shots/' + s.name + '.png', fullPage: !!s.full })
  await c.close()
}
await b.close()
