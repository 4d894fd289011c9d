#!/usr/bin/env node
/** The command line, from nothing: `npx greenlane --help` in a fresh clone installs first and then answers. */
import { launch } from '../tools/launch.js';

const args = process.argv.slice(2);
await launch('src/main.ts', args, { screens: args[0] === 'serve' });
