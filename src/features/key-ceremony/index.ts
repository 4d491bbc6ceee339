export { type HandedKey, arm } from './arm.ts';
export { proveUploadedKey } from './prove-uploaded-key.ts';
export { keyCeremonyRoutes } from './routes.tsx';
