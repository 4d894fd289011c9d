export * from './booking.ts';
export * from './decide.ts';
export * from './schedule.ts';
export * from './appointment.ts';
export * from './view.ts';
export * from './series-view.ts';
