import { ProblemError } from '@tiaoli/contract/client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { questionOf } from './question-of.ts'

/** A question of a form: its control, and what it is called there. */
export type Asked = { readonly id: string; readonly label: ReactNode }

type Form = {
  /** By the path in the request under which the platform speaks of the answer. */
  readonly asked: Map<string, Asked>
  /** What is wrong with an answer, by the path of its question. */
  readonly faults: ReadonlyMap<string, string>
}

const FormContext = createContext<Form>({ asked: new Map(), faults: new Map() })

/**
 * A form with what the platform said of it: a fault of an answer stands at its question (`path` of `Field`), and a
 * problem that is shown within names the question and leads to it.
 */
export function Answers({ error, children }: { error: Error | null; children: ReactNode }) {
  const { say } = useText()
  const [asked] = useState(() => new Map<string, Asked>())
  const faults = new Map<string, string>()
  for (const { path, message } of error instanceof ProblemError ? (error.problem.errors ?? []) : []) {
    const question = questionOf(path, asked.keys())
    if (question !== undefined && !faults.has(question)) faults.set(question, say(message))
  }
  return <FormContext value={{ asked, faults }}>{children}</FormContext>
}

/** Makes a question known to the form around it, and gives what is wrong with its answer. */
export function useAnswerFault(path: string | undefined, { id, label }: Asked): string | undefined {
  const { asked, faults } = useContext(FormContext)
  useEffect(() => {
    if (path === undefined) return
    asked.set(path, { id, label })
    return () => {
      asked.delete(path)
    }
  }, [asked, path, id, label])
  return path === undefined ? undefined : faults.get(path)
}

/** The question of the form around it that a fault of this path is about. */
export function useAsked(): (path: string) => Asked | undefined {
  const { asked } = useContext(FormContext)
  return (path) => {
    const question = questionOf(path, asked.keys())
    return question === undefined ? undefined : asked.get(question)
  }
}
