export { mountCertificates } from './certificates.routes.ts'
export { type Certificates, createCertificates } from './certificates.service.ts'

export const certificateMigrations = {
  room: 'certificates',
  folder: new URL('./migrations/', import.meta.url),
}
