import type { editor as source } from '../../zh/first/editor.ts'

export const editor: typeof source = {
  editor: {
    title: 'Title',
    summary: 'Summary',
  },
}
