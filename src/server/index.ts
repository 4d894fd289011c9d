export * from './database.ts';
export { countRows, destroyIncident, isServed, listIncidents, type IncidentSummary } from './incident.ts';
export { migrate } from './migrate.ts';
export * from './port.ts';
export * from './settings.ts';
export * from './start-problem.ts';
export { startServer, type Server, type ServerOptions } from './server.ts';
export { demoLinks } from './sign-in/index.ts';
