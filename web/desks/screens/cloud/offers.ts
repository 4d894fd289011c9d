import type { JourneyView } from '../../../../src/journey/index.ts';

/** Whether the server offers this command to whoever looks. */
export const offers = ({ actions }: Pick<JourneyView, 'actions'>, type: string): boolean => actions.some((action) => (action.type as string) === type);
