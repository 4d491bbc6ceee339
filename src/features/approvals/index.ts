export { askForApproval } from './ask-approval.ts';
export { approvalRoutes } from './routes.tsx';
