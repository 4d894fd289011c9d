export * from './actor.ts';
export * from './call-link.ts';
export * from './fields.ts';
export * from './notice.ts';
export * from './posts.ts';
export * from './read-input.ts';
export * from './refused.ts';
export * from './scope.ts';
