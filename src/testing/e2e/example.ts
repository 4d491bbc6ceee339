import { CAST } from '../staff.ts';
import type { CandidateForm, ContestForm } from './preparing.ts';

/** The election of the tests, as Olive types it: two contests, and no grace, so that it closes at once. */
export const exampleElection = (closesAt: Date): Readonly<Record<string, string>> => ({
  title: 'Student council 2026',
  organiser: 'School of Example',
  contact: CAST.admin.email,
  timeZone: 'UTC',
  closesAt: closesAt.toISOString().slice(0, 16),
  graceSeconds: '0',
});

export const EXAMPLE_CONTESTS: readonly ContestForm[] = [
  { title: 'Chair', method: 'plurality', max: 1 },
  { title: 'Board', method: 'approval', max: 2 },
];

export const EXAMPLE_CANDIDATES: readonly CandidateForm[] = [
  { contest: 'Chair', name: 'Horizon', slogan: 'Open late', logo: 'logo-400x300.png' },
  { contest: 'Chair', name: 'Cap commun', slogan: 'Ensemble', logo: 'logo.webp' },
  { contest: 'Chair', name: 'Nouvelle vague', slogan: '', logo: 'logo-transparent.gif' },
  { contest: 'Board', name: 'Anaïs', slogan: 'Libraries', logo: 'photo-gps-orientation-6.jpg' },
  { contest: 'Board', name: 'Loïc', slogan: '' },
  { contest: 'Board', name: 'Zélie', slogan: 'More trees' },
  { contest: 'Board', name: 'Côme', slogan: '' },
];
