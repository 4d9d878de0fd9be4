import type { Plugin } from 'vite'

const name = '\0zod'

/**
 * The contract says with Zod what may be sent and what is answered. The server holds the calls to it; the browser takes
 * from the contract addresses and types alone, so in the build every schema is one thing that stands for all of them.
 * To ask it anything but another schema is an error of the program, and says so.
 */
const source = `
const answers = ['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'options']
const schema = new Proxy(() => schema, {
  apply: () => schema,
  get(_target, name) {
    if (answers.includes(name)) throw new Error('the web interface holds no schemas: ' + name)
    return schema
  },
})
export const z = schema
`

/** Leaves Zod out of what the browser fetches: 30 kB compressed, and the making of some hundred schemas at each start. */
export function withoutSchemas(): Plugin {
  return {
    name: 'tiaoli-without-schemas',
    enforce: 'pre',
    resolveId: (id) => (id === 'zod' ? name : null),
    load: (id) => (id === name ? source : null),
  }
}
