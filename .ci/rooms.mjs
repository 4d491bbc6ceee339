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
// not through any chain of imports may the process that serves requests reach private-key code
const importsOf = new Map(output.modules.map(({ source, dependencies }) => [source, dependencies]));
const reached = new Map([['src/http/server.ts', undefined]]);
for (const source of reached.keys()) {
  for (const { resolved, dependencyTypes } of importsOf.get(source) ?? []) {
    if (!dependencyTypes.includes('type-only') && !reached.has(resolved)) reached.set(resolved, source);
  }
}
const keyCode = [...reached.keys()].filter((source) => source.startsWith('src/protocol/key-holder/'));
for (const source of keyCode)
  console.error(`requests-cannot-reach-keys: ${reached.get(source)} -> ${source}`);

const own = output.modules.filter((module) => /^(src|cli|migrations)/.test(module.source));
const arrows = own.reduce((sum, module) => sum + module.dependencies.length, 0);
console.log(
  `rooms: ${own.length} modules, ${arrows} imports, ${violations.length + keyCode.length} violations (${totalCruised} cruised)`,
);
if (own.length < LEAST_MODULES || arrows < own.length || violations.length + keyCode.length > 0)
  process.exit(1);
