import { createContext, useContext } from 'react'

/** How the question around a control is tied to it, so that help and error are read out with it. */
export type Tie = { readonly 'aria-describedby'?: string | undefined; readonly 'aria-invalid'?: true }

/** Set by `Field` around its control; nothing where the question is that of a group. */
export const QuestionContext = createContext<Tie>({})

export const useTie = (): Tie => useContext(QuestionContext)
