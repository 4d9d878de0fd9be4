import { expect, it } from 'vitest'
import { emsOf } from '../rows/column-widths.ts'
import { framed, linesOf } from './frame.ts'

const frame = {
  drawing: { body: { svg: '<svg width="400" height="200"></svg>' }, width: 400, height: 200, title: '按月' },
  title: '空气质量 <script>alert("1")</script>',
  notes: ['来源：生态环境局'],
  colours: { paper: '#fff', ink: '#000', quiet: '#555' },
  font: '"Noto Sans CJK SC", sans-serif',
}

it('breaks Chinese anywhere and other words between them, within the width', () => {
  expect(linesOf('空气质量监测站点小时浓度', 5)).toEqual(['空气质量监', '测站点小时', '浓度'])
  expect(linesOf('hourly values by station', 8)).toEqual(['hourly values', 'by station'])
  for (const line of linesOf(`http://example.org/${'x'.repeat(90)}`, 12)) expect(emsOf(line) <= 12).toBe(true)
  expect(linesOf('', 10)).toEqual([])
})

it('writes title, drawing and source as one picture, in which nothing is markup but the drawing', () => {
  const { svg, width, height } = framed(frame)
  expect(width).toBe(448)
  expect(height > 200 && height < 400).toBe(true)
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('来源：生态环境局')
  expect(svg).toContain('<svg x="24" y=')
  expect(svg).toContain('按月')
})

it('holds an image where the drawing is one', () => {
  const drawing = { ...frame.drawing, body: { image: 'data:image/png;base64,AAAA' } }
  expect(framed({ ...frame, drawing }).svg).toContain('href="data:image/png;base64,AAAA"')
})
