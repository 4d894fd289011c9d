export { loadSolver } from './replace/load.ts';
