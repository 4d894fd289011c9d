import { sql, type Kysely } from 'kysely';

/**
 * Staff and their posts, sessions, failed tries, secrets of this installation; and the four tables in which better-auth keeps
 * who proved to be who (its own column names, so that its upgrades stay readable).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table staff (
      city text not null, id text not null, name text not null, role text not null, scope text not null,
      email text, phone text, active boolean not null default true, created_at timestamptz not null default now(),
      primary key (city, id), check (email is not null or phone is not null))`,
    sql`create index staff_email on staff (city, lower(email)) where active`,
    sql`create index staff_phone on staff (city, phone) where active`,
    sql`create table session (
      city text not null, token_hash text not null, incident text, staff text,
      actor_id text not null, actor_name text not null, role text not null, post text not null, scope text not null,
      demo boolean not null default false,
      began_at timestamptz not null default now(), ends_at timestamptz not null, ended_at timestamptz,
      primary key (city, token_hash), foreign key (city, staff) references staff (city, id) on delete cascade)`,
    sql`create index session_ends on session (city, ends_at)`,
    sql`create index session_incident on session (city, incident) where incident is not null`,
    sql`create table sign_in_try (
      city text not null, what text not null, failures integer not null, next_at timestamptz not null,
      primary key (city, what))`,
    sql`create table secret (
      city text not null, name text not null, value text not null, created_at timestamptz not null default now(),
      primary key (city, name))`,
    sql`create table auth_user (
      "id" text primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null,
      "image" text, "phoneNumber" text unique, "phoneNumberVerified" boolean,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now())`,
    sql`create table auth_session (
      "id" text primary key, "expiresAt" timestamptz not null, "token" text not null unique,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text,
      "userId" text not null references auth_user ("id") on delete cascade)`,
    sql`create table auth_account (
      "id" text primary key, "accountId" text not null, "providerId" text not null,
      "userId" text not null references auth_user ("id") on delete cascade,
      "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null)`,
    sql`create table auth_verification (
      "id" text primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now())`,
    sql`create index auth_session_user on auth_session ("userId")`,
    sql`create index auth_account_user on auth_account ("userId")`,
    sql`create index auth_verification_identifier on auth_verification ("identifier")`,
  ];
  for (const statement of statements) await statement.execute(db);
}
