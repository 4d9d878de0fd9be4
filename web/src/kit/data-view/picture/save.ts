import { type Frame, framed } from './frame.ts'

/** Points of a picture to one of the screen: sharp on paper. */
const sharpness = 2

/** Saves the framed drawing as a file. Throws where the browser cannot draw it. */
export async function savePicture(frame: Frame, format: 'png' | 'svg', name: string): Promise<void> {
  const picture = framed(frame)
  const source = new Blob([picture.svg], { type: 'image/svg+xml' })
  save(format === 'svg' ? source : await rasterOf(picture), `${name}.${format}`)
}

async function rasterOf({ svg, width, height }: ReturnType<typeof framed>): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * sharpness
  canvas.height = height * sharpness
  const paper = canvas.getContext('2d')
  if (paper === null) throw new Error('no drawing surface')
  paper.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name.replace(/[\\/:*?"<>|]/g, '_')
  link.click()
  // The browser reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
