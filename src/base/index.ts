export * from './chance.ts';
export * from './csv.ts';
export * from './instant.ts';
export * from './place.ts';
export * from './refusal.ts';
export * from './text.ts';
