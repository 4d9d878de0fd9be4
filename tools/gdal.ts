import { execFileSync } from 'node:child_process'

/** Why no client of GDAL can be run here, or undefined. Debian has it as `gdal-bin`. */
export function whyNoGdal(): string | undefined {
  try {
    const formats = execFileSync('ogrinfo', ['--formats'], { stdio: 'pipe' }).toString()
    return formats.includes('OAPIF') ? undefined : 'GDAL cannot read OGC API – Features'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'GDAL is not installed' : 'GDAL does not run'
  }
}
