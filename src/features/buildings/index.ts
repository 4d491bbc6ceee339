export { buildingRoutes } from './routes.tsx';
