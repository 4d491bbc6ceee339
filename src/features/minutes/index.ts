export { minutesRoutes } from './routes.tsx';
