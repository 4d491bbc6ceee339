export { changeSettings } from './change-settings.ts';
export { settingsRoutes } from './routes.tsx';
