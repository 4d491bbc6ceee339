/** Instants are integer milliseconds since 1970, UTC. The clock is handed in so that tests can move it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
