import type { ElementType, Key } from 'react'
import * as react from 'react/jsx-dev-runtime'
import { marked } from './marked.ts'

export type { JSX } from 'react/jsx-dev-runtime'
export { Fragment } from 'react/jsx-dev-runtime'

/** As `jsx-runtime`, while the interface is worked on. */
export const jsxDEV = (
  type: ElementType,
  props: object,
  key: Key | undefined,
  isStatic: boolean,
  source?: react.JSXSource,
  self?: unknown,
) => react.jsxDEV(type, marked(type, props), key, isStatic, source, self)
