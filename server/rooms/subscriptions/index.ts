export { subscriptionRoundJob } from './rounds.service.ts'
export { mountSubscriptions } from './subscriptions.routes.ts'
export { createSubscriptions, type Subscriptions } from './subscriptions.ts'

export const subscriptionMigrations = {
  room: 'subscriptions',
  folder: new URL('./migrations/', import.meta.url),
}
