import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedRuntime, openTestRuntime } from '../testing/runtime.ts';
import { signInAs } from '../testing/staff.ts';
import { createApp } from './app.tsx';

let runtime: OpenedRuntime;

beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.cleanup());

describe('the app', () => {
  it('serves its front page', async () => {
    const response = await createApp(runtime).request('/');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Test School');
  });

  it('signs Olive in', async () => {
    const app = createApp(runtime);
    const headers = await signInAs(app, runtime, 'admin');
    expect((await app.request('/staff', { headers })).status).toBe(200);
  });
});
