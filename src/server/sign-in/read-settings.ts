import type { SignInSettings } from './sign-in.ts';

export const SIGN_IN_HELP = [
  ['GREENLANE_URL', '(HOST and PORT)', 'address under which people reach this server, for example https://care.example.org'],
  ['GREENLANE_OIDC_URL', '(none)', "the city's sign-in service: https://…/.well-known/openid-configuration"],
  ['GREENLANE_OIDC_CLIENT', '(none)', 'client id given by that service'],
  ['GREENLANE_OIDC_SECRET', '(none)', 'client secret given by that service'],
  ['GREENLANE_FIRST_STAFF', '(none)', 'e-mail of the city command centre, who gives all others their posts'],
] as const;

export type SignInFromOutside = Pick<SignInSettings, 'oidc' | 'firstStaff'> & { readonly publicUrl?: string };

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

  const email = given('GREENLANE_FIRST_STAFF');
  if (email !== undefined && !/^\S+@\S+\.\S+$/.test(email)) {
    problems.push('GREENLANE_FIRST_STAFF is not an e-mail address: use the one that the sign-in service knows, for example command@city.example.');
  }
  return { ...(publicUrl && { publicUrl }), ...(oidc && { oidc }), ...(email && { firstStaff: { email } }) };
}

function isAddress(text: string, withoutPath: boolean): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  return !withoutPath || new URL(text).pathname === '/';
}
