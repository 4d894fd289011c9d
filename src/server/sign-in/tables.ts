import type { Generated } from 'kysely';

export interface SignInTables {
  staff: {
    city: string; id: string; name: string; role: string; scope: string;
    email: string | null; phone: string | null; active: Generated<boolean>; created_at: Generated<Date>;
  };
  session: {
    city: string; token_hash: string; incident: string | null; staff: string | null;
    actor_id: string; actor_name: string; role: string; post: string; scope: string; demo: Generated<boolean>;
    began_at: Generated<Date>; ends_at: Date; ended_at: Date | null;
  };
  sign_in_try: { city: string; what: string; failures: number; next_at: Date };
  secret: { city: string; name: string; value: string; created_at: Generated<Date> };
}
