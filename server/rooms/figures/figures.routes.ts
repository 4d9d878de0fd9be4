import * as contract from '@tiaoli/contract/figures'
import type { Mount } from '../../foundations/http/index.ts'
import { fileOfFigures } from './figures.file.ts'
import type { Figures } from './figures.service.ts'

export function mountFigures(mount: Mount, figures: Figures): void {
  mount(contract.getFigures, ({ query, session }) => figures.read(session, query))

  mount(contract.exportFigures, async ({ query, session, reply }) => {
    const answer = await figures.read(session, query)
    const file = fileOfFigures(answer, query.format, query.language)
    return reply
      .type(file.contentType)
      .header(
        'content-disposition',
        `attachment; filename="figures-${answer.from}-${answer.until}.${file.fileExtension}"`,
      )
      .send(file.stream)
  })
}
