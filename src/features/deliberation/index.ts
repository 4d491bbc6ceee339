export { type Deliberated, deliberate } from './deliberate.ts';
export { checkPreconditions } from './preconditions.ts';
export { deliberationRoutes } from './routes.tsx';
