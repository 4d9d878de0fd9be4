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

/** What the client asks of a route; `answer` where it is a stream and no schema. */
const asked = ['id', 'method', 'path', 'answer']

/**
 * Leaves Zod out of what the browser fetches: 30 kB compressed, and the making of some hundred schemas at each start.
 * Of a route its address is left, and of the rest of the contract what is used: words for its documentation, schemas
 * and routes that no page calls were another 40 kB of the first view.
 */
export function withoutSchemas(): Plugin[] {
  return [
    {
      name: 'tiaoli-without-schemas',
      enforce: 'pre',
      resolveId: (id) => (id === 'zod' ? name : null),
      load: (id) => (id === name ? source : null),
    },
    {
      name: 'tiaoli-routes-as-addresses',
      apply: 'build',
      transform(code, id) {
        if (!/\/contract\/[\w-]+\.ts$/.test(id)) return null
        let result = code
        // From the end, so that places before stay what they are.
        for (const { start, end, route } of statedIn(this.parse(code)).reverse()) {
          const stated = code.slice(start, end)
          const left = route?.map((part) => code.slice(part.start, part.end)).join(', ')
          // A call that is marked as pure goes where nobody uses what it gives.
          const instead = left === undefined ? `/* @__PURE__ */ (() => (${stated}))()` : `{ ${left} }`
          result = result.slice(0, start) + instead + result.slice(end)
        }
        return { code: result, map: null }
      },
    },
  ]
}

type Place = { readonly start: number; readonly end: number }
type Program = ReturnType<import('vite').Rolldown.PluginContext['parse']>

/** Where a module states what is made when it is loaded, in order; of a route also the parts that are asked of it. */
function statedIn({ body }: Program): (Place & { readonly route?: readonly Place[] })[] {
  return body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ init }) => {
      if (init?.type !== 'CallExpression' && init?.type !== 'ObjectExpression') return []
      const { start, end } = init
      const given = init.type === 'CallExpression' ? init.arguments[0] : undefined
      const isRoute =
        init.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'route'
      if (!isRoute || given?.type !== 'ObjectExpression') return [{ start, end }]
      const route = given.properties.filter(
        (part) =>
          part.type === 'Property' &&
          part.key.type === 'Identifier' &&
          asked.includes(part.key.name) &&
          (part.key.name !== 'answer' || part.value.type === 'Literal'),
      )
      return [{ start, end, route }]
    })
  })
}
