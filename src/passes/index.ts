export * from './decide.ts';
export * from './issuer.ts';
export * from './pass.ts';
export * from './read-pass.ts';
export * from './revoked.ts';
export * from './seen.ts';
export * from './signed-pass.ts';
