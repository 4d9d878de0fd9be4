export {
  type Database,
  type DatabaseConfig,
  lockName,
  openDatabase,
  type Store,
  type Tx,
} from './database.ts'
export { type MigrationSource, migrate } from './migrations.ts'
