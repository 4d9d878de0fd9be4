import type { ElementType, Key } from 'react'
import * as react from 'react/jsx-runtime'
import { marked } from './marked.ts'

export type { JSX } from 'react/jsx-runtime'
export { Fragment } from 'react/jsx-runtime'

/** Every element of the interface is made here, so that no page can forget to say what is Chinese (0055). */
export const jsx = (type: ElementType, props: object, key?: Key) => react.jsx(type, marked(type, props), key)
export const jsxs = (type: ElementType, props: object, key?: Key) =>
  react.jsxs(type, marked(type, props), key)
