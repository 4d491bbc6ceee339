export { configureRoutes } from './configure-routes.tsx';
