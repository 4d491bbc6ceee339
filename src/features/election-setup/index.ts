export { closeEarly } from './close-early.ts';
export { closeElection } from './close-election.ts';
export { createElectionFromFile } from './create-election.ts';
export { openVoting } from './open-voting.ts';
export { electionSetupRoutes } from './routes.tsx';
export { startLifecycleClock } from './scheduler.ts';
