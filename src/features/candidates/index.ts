export { candidateRoutes } from './routes.tsx';
