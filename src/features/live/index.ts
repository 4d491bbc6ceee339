export { liveRoutes } from './routes.tsx';
export { startTurnoutClock } from './turnout-clock.ts';
