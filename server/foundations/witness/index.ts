export { type AskedWitness, type Cosigning, createCosigning } from './cosigning.ts'
export { createWitness, type Witness, type WitnessAnswer } from './witness.ts'

export const witnessMigrations = { room: 'witness', folder: new URL('./migrations/', import.meta.url) }
