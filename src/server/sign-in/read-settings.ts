import type { SignInSettings } from './sign-in.ts';

export const SIGN_IN_HELP = [
  ['GREENLANE_URL', '(HOST and PORT)', 'address under which people reach this server, for example https://care.example.org'],
  ['GREENLANE_OIDC_URL', '(none)', "the city's sign-in service: https://…/.well-known/openid-configuration"],
  ['GREENLANE_OIDC_CLIENT', '(none)', 'client id given by that service'],
  ['GREENLANE_OIDC_SECRET', '(none)', 'client secret given by that service'],
  ['GREENLANE_PHONE_CODES', 'off', "on when the city's text-message gateway takes codes from the table outbox"],
  ['GREENLANE_FIRST_STAFF', '(none)', 'e-mail or phone of the city command centre, who gives all others their posts'],
] as const;

export type SignInFromOutside = Pick<SignInSettings, 'oidc' | 'phoneCodes' | 'firstStaff'> & { readonly publicUrl?: string };

/**
 * Sign-in settings from environment variables.
 * @param problems gets a sentence for every wrong one
 */
export function readSignInSettings(given: (name: string) => string | undefined, problems: string[]): SignInFromOutside {
  const publicUrl = given('GREENLANE_URL')?.replace(/\/+$/, '');
  if (publicUrl !== undefined && !isAddress(publicUrl, true)) {
    problems.push('GREENLANE_URL is not an address: write it as https://care.example.org, without a path.');
  }

  const [discoveryUrl, clientId, clientSecret] = ['URL', 'CLIENT', 'SECRET'].map((name) => given(`GREENLANE_OIDC_${name}`));
  const oidc = discoveryUrl && clientId && clientSecret ? { discoveryUrl, clientId, clientSecret } : undefined;
  if (!oidc && (discoveryUrl ?? clientId ?? clientSecret) !== undefined) {
    problems.push('The sign-in service needs all three of GREENLANE_OIDC_URL, GREENLANE_OIDC_CLIENT and GREENLANE_OIDC_SECRET: set the missing one, or none of them.');
  }
  if (discoveryUrl !== undefined && !isAddress(discoveryUrl, false)) {
    problems.push('GREENLANE_OIDC_URL is not an address: write it as https://…/.well-known/openid-configuration.');
  }

  const codes = given('GREENLANE_PHONE_CODES') ?? 'off';
  if (codes !== 'on' && codes !== 'off') {
    problems.push(`GREENLANE_PHONE_CODES=${codes} is neither on nor off: use on only when a text-message gateway takes the codes from the outbox.`);
  }

  const first = given('GREENLANE_FIRST_STAFF');
  const isPhone = first !== undefined && /^\+?\d{6,15}$/.test(first);
  if (first !== undefined && !isPhone && !/^\S+@\S+\.\S+$/.test(first)) {
    problems.push('GREENLANE_FIRST_STAFF is neither an e-mail address nor a phone number: use the one that they will sign in with, for example command@city.example.');
  }
  return {
    ...(publicUrl && { publicUrl }), ...(oidc && { oidc }), ...(codes === 'on' && { phoneCodes: true }),
    ...(first && { firstStaff: isPhone ? { phone: first } : { email: first } }),
  };
}

function isAddress(text: string, withoutPath: boolean): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  return !withoutPath || new URL(text).pathname === '/';
}
