#!/usr/bin/env node
import { cliProgram } from './src/cli/register/program.ts';

await cliProgram((error) => process.exit(error.exitCode === 0 ? 0 : 2)).parseAsync();
