export { documentOf, Problem, refusalProblem } from './problem.ts'
