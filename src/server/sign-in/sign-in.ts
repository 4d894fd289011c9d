import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import { addDemoRoutes } from './demo-routes.ts';
import { openIdentity, type OidcSettings } from './identity.ts';
import { addSessionRoutes, addStaffRoutes, type ResidentOf } from './routes.ts';
import { addSessionHook } from './session-hook.ts';
import { addFirstStaff, postsOf } from './staff.ts';
import { secretFor } from './store.ts';
import type { SignInTables } from './tables.ts';
import { mayTry } from './tries.ts';

export interface SignInSettings {
  readonly demo: boolean;
  /** Where people reach this server: `https://care.example.org`. Decides cookie names and whom OIDC comes back to. */
  readonly publicUrl: string;
  readonly oidc?: OidcSettings;
  /** Codes to phones of staff, sent by whatever takes them from the outbox. */
  readonly phoneCodes?: boolean;
  /** Who may sign in first to an installation without staff. */
  readonly firstStaff?: { readonly email?: string; readonly phone?: string };
}

export interface SignInDeps<Tables extends SignInTables = SignInTables> {
  readonly db: Kysely<Tables>;
  readonly city: City;
  /** What runs now: answers kept for it are deleted with it. */
  readonly incident: { readonly id: string };
  readonly settings: SignInSettings;
  /** The city's clock, for answers that show times; sessions themselves run on real time. */
  readonly at: () => Instant;
  readonly findResident: (tokenHash: string) => Promise<ResidentOf | undefined>;
  /** Sends a code to a phone, or puts it where it will be sent from. Without it there are no phone codes. */
  readonly sendCode?: (phone: string, code: string) => Promise<void>;
}

export interface SignInContext extends Omit<SignInDeps, 'db'> {
  readonly db: Kysely<SignInTables>;
}

/** Sessions, staff, residents and (in demo mode alone) the demo, on this server. Call it before the routes that ask `actorOf`. */
export async function registerSignIn<Tables extends SignInTables>(app: FastifyInstance, deps: SignInDeps<Tables>): Promise<void> {
  const context: SignInContext = { ...deps, db: deps.db as unknown as Kysely<SignInTables> };
  const { db, city, settings, sendCode } = context;
  addSessionHook(app, context);
  if (settings.firstStaff) await addFirstStaff(db, city.id, settings.firstStaff);
  const identity = settings.oidc || sendCode
    ? openIdentity({
        db: db as unknown as Kysely<never>,
        secret: await secretFor(db, city.id, 'identity'),
        publicUrl: settings.publicUrl,
        oidc: settings.oidc,
        sendCode: sendCode && (async (phone, code) => {
          const posts = await postsOf(db, city.id, { phone });
          // Silent when it is too often: an answer of its own would tell a stranger that the number is somebody's here.
          if (posts.length > 0 && (await mayTry(db, city.id, 'phone', phone))) await sendCode(phone, code);
        }),
      })
    : undefined;
  identity?.mount(app);
  addSessionRoutes(app, context, identity);
  addStaffRoutes(app, context, identity);
  if (settings.demo) addDemoRoutes(app, context);
}
