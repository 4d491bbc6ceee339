export { addCandidate, editCandidate, removeCandidate, reorderCandidate } from './edit-candidate.ts';
export { candidateRoutes } from './routes.tsx';
