/**
 * What several works that go on side by side give. Fails as one of them has failed, but only when all have come to an
 * end: until then one may still write into a folder that is about to be thrown away.
 */
export async function allEnded<T extends readonly unknown[]>(
  ...works: readonly [...{ readonly [Place in keyof T]: Promise<T[Place]> | T[Place] }]
): Promise<T> {
  await Promise.allSettled(works)
  return Promise.all(works) as unknown as Promise<T>
}
