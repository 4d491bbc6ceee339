// Checks who imports whom. A checker that silently reads nothing would pass everything: zero modules is a failure.
import swc from '@swc/core';
import { cruise } from 'dependency-cruiser';
import configuration from '../.dependency-cruiser.mjs';

// dependency-cruiser hands swc no option for JSX, and swc then stops at the first component
const parse = swc.parseFileSync;
swc.parseFileSync = (file, options) => parse(file, { ...options, tsx: file.endsWith('.tsx') });

const LEAST_MODULES = 50;
const { output } = await cruise(['src', 'cli.ts', 'migrations'], {
  ...configuration.options,
  ruleSet: { forbidden: configuration.forbidden },
  validate: true,
});
const { totalCruised, violations } = output.summary;
for (const { rule, from, to, cycle } of violations) {
  const path = cycle === undefined ? to : cycle.map((step) => step.name ?? step).join(' -> ');
  console.error(`${rule.name}: ${from} -> ${path}`);
}
const own = output.modules.filter((module) => /^(src|cli|migrations)/.test(module.source));
const arrows = own.reduce((sum, module) => sum + module.dependencies.length, 0);
console.log(
  `rooms: ${own.length} modules, ${arrows} imports, ${violations.length} violations (${totalCruised} cruised)`,
);
if (own.length < LEAST_MODULES || arrows < own.length || violations.length > 0) process.exit(1);
