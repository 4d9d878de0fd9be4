import type { figures as source } from '../../zh/first/figures.ts'

export const figures: typeof source = {
  figures: {
    title: 'Figures',
  },
}
