export { pauseMail, resumeMail } from './pause-mail.ts';
export { mailCockpitRoutes } from './routes.tsx';
