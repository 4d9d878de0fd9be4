/** A drawing as it stands on the screen, to be framed: an SVG text, or the address of an image in the page itself. */
export type Drawing = {
  readonly body: { readonly svg: string } | { readonly image: string }
  /** In CSS pixels. */
  readonly width: number
  readonly height: number
  readonly title: string
}
/** Takes the picture of what is drawn now. */
export type TakePicture = () => Promise<Drawing>
/** Where a view leaves the way to take its picture; null while there is nothing to take. */
export type PictureHolder = { current: TakePicture | null }
