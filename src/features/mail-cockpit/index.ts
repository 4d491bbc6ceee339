export { pauseMail, resumeMail } from './pause-mail.ts';
export { retryMail } from './retry-mail.ts';
export { mailCockpitRoutes } from './routes.tsx';
