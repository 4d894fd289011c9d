import { betterAuth } from 'better-auth';
import { genericOAuth, phoneNumber } from 'better-auth/plugins';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';

/** The city's own sign-in service, spoken to by OpenID Connect. */
export interface OidcSettings {
  /** `https://…/.well-known/openid-configuration` */
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface IdentityOptions {
  readonly db: Kysely<never>;
  readonly secret: string;
  readonly publicUrl: string;
  readonly oidc?: OidcSettings | undefined;
  /** Only called for phones of staff: nobody can use us to send codes to strangers. */
  readonly sendCode?: ((phone: string, code: string) => Promise<void>) | undefined;
}

/** What somebody has proved: these addresses and numbers are theirs. What they may do is said by `staff` alone. */
export interface Proved {
  readonly email?: string;
  readonly phone?: string;
}

export interface Identity {
  /** Who the request's better-auth session belongs to; unproved addresses are left out. */
  proved(request: FastifyRequest): Promise<Proved | undefined>;
  /** Ends that session. @returns the cookies that say so to the browser */
  forget(request: FastifyRequest): Promise<readonly string[]>;
  mount(app: FastifyInstance): void;
}

/** Time for a message to arrive on a busy network and for six digits to be typed. */
export const CODE_SECONDS = 300;
const CODE_TRIES = 3;
/** An international number; ours are stored the same way. */
const PHONE = /^\+?\d{6,15}$/;

/** Written by us over whatever came in: an address that the other side may choose limits nobody. */
const ADDRESS_HEADER = 'x-greenlane-address';

/** better-auth answers "who are you"; our own session answers "which post do you hold on this shift". */
export function openIdentity({ db, secret, publicUrl, oidc, sendCode }: IdentityOptions): Identity {
  const auth = betterAuth({
    database: { db, type: 'postgres' },
    secret,
    baseURL: publicUrl,
    basePath: '/api/auth',
    trustedOrigins: [publicUrl],
    telemetry: { enabled: false },
    logger: { disabled: true },
    user: { modelName: 'auth_user' },
    session: { modelName: 'auth_session', expiresIn: 12 * 3_600 },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    // A hospital at the change of shift is one address, and going to the sign-in service proves nothing yet: the usual three in
    // ten seconds would keep a whole ward out.
    rateLimit: { enabled: true, customRules: { '/sign-in/social': { window: 60, max: 600 } } },
    advanced: { ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] } },
    plugins: [
      ...(oidc ? [genericOAuth({ config: [{ providerId: 'staff', ...oidc, scopes: ['openid', 'email', 'profile'], pkce: true, requireIdTokenVerification: true }] })] : []),
      ...(sendCode
        ? [phoneNumber({
            sendOTP: ({ phoneNumber: phone, code }) => sendCode(phone, code),
            expiresIn: CODE_SECONDS,
            allowedAttempts: CODE_TRIES,
            phoneNumberValidator: (phone) => PHONE.test(phone),
            signUpOnVerification: { getTempEmail: (phone) => `${phone.replace('+', '')}@phone.invalid` },
          })]
        : []),
    ],
  });

  return {
    async proved(request) {
      const found = await auth.api.getSession({ headers: headersOf(request) });
      if (!found) return undefined;
      const user: { email: string; emailVerified: boolean; phoneNumber?: string | null; phoneNumberVerified?: boolean | null } = found.user;
      return {
        ...(user.emailVerified && { email: user.email }),
        ...(user.phoneNumber && user.phoneNumberVerified && { phone: user.phoneNumber }),
      };
    },
    async forget(request) {
      const { headers } = await auth.api.signOut({ headers: headersOf(request), returnHeaders: true });
      return headers.getSetCookie();
    },
    mount(app) {
      app.route({
        method: ['GET', 'POST'],
        url: '/api/auth/*',
        schema: { hide: true },
        async handler(request, reply) {
          const answer = await auth.handler(new Request(new URL(request.url, publicUrl), {
            method: request.method,
            headers: headersOf(request),
            ...(request.body !== undefined && request.body !== null && { body: JSON.stringify(request.body) }),
          }));
          reply.status(answer.status);
          for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value);
          for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
          return reply.send(answer.body ? await answer.text() : null);
        },
      });
    },
  };
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // The body is written anew, so its old length would cut it short.
    if (value === undefined || name === 'content-length') continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  headers.set(ADDRESS_HEADER, request.ip);
  return headers;
}
