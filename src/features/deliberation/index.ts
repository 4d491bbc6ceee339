export { type Deliberated, deliberate } from './deliberate.ts';
export { deliberationRoutes } from './routes.tsx';
