export { createMailer } from './mailer.ts'
export { mountMessages } from './messages.routes.ts'
export { createMessages, type Messages } from './messages.ts'

export const messageMigrations = { room: 'messages', folder: new URL('./migrations/', import.meta.url) }
