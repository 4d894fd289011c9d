export * from './care-request.ts';
export * from './fhir.ts';
export * from './places.ts';
export * from './task.ts';
export * from './visit.ts';
