export { closeEarly } from './close-early.ts';
export { closeElection } from './close-election.ts';
export { type CreatedElection, createElection, createElectionFromFile } from './create-election.ts';
export { extendElection } from './extend-election.ts';
export { openVoting } from './open-voting.ts';
export { electionSetupRoutes } from './routes.tsx';
export { runDueLifecycle, startLifecycleClock } from './scheduler.ts';
