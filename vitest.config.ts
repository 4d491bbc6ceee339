import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'migrations/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['src/testing/build-bundles.ts'],
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: 'var/test-report.json' }]]
      : ['default'],
  },
});
