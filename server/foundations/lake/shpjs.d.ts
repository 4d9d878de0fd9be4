/** The part of the library that is used here; it has no types of its own. */
declare module 'shpjs' {
  type Shape = { readonly type: string; readonly coordinates: unknown }
  export function parseShp(shp: Uint8Array, projection?: string): (Shape | null)[]
}
