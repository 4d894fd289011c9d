-- As PostgreSQL has it after every migration; to be read, not to be run.

create table answer
  city text not null
  key text not null
  actor text not null
  incident text not null
  request_hash text not null
  answer jsonb
  given_at timestamp with time zone not null default now()
  constraint answer_pkey PRIMARY KEY (city, key, actor)
  CREATE INDEX answer_incident ON public.answer USING btree (city, incident)

create table area_lock
  city text not null
  incident text not null
  id text not null
  source text not null
  towns text[] not null
  area jsonb
  from_at bigint not null
  until_at bigint
  reason text not null
  by_name text not null
  entered_at bigint not null
  plans_due_at bigint not null
  ended_at bigint
  told_at bigint
  constraint area_lock_city_incident_source_key UNIQUE (city, incident, source)
  constraint area_lock_pkey PRIMARY KEY (city, incident, id)

create table area_plan
  city text not null
  incident text not null
  lock text not null
  member text not null
  need text not null
  key text not null
  state text not null
  outcome text
  owner_role text not null
  owner_scope text not null
  due_at bigint not null
  missed_count integer not null default 0
  told text
  care jsonb
  journey text
  facts jsonb not null default '{}'::jsonb
  planned_at bigint
  done_at bigint
  attempts integer not null default 0
  next_at bigint not null default 0
  constraint area_plan_check CHECK (((state = 'done'::text) = (done_at IS NOT NULL)))
  constraint area_plan_pkey PRIMARY KEY (city, incident, lock, member, need, key)
  constraint area_plan_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'open'::text, 'done'::text])))
  CREATE INDEX area_plan_due ON public.area_plan USING btree (city, due_at) WHERE (state <> 'done'::text)
  CREATE INDEX area_plan_member ON public.area_plan USING btree (city, incident, member) WHERE (state <> 'done'::text)
  CREATE INDEX area_plan_waiting ON public.area_plan USING btree (city, next_at) WHERE (state = 'waiting'::text)

create table audit
  city text not null
  id bigint not null generated always as identity
  incident text not null
  at bigint not null
  actor_id text not null
  actor_role text not null
  what text not null
  facts jsonb not null
  constraint audit_pkey PRIMARY KEY (city, id)

create table auth_account
  id text not null
  accountId text not null
  providerId text not null
  userId text not null
  accessToken text
  refreshToken text
  idToken text
  accessTokenExpiresAt timestamp with time zone
  refreshTokenExpiresAt timestamp with time zone
  scope text
  password text
  createdAt timestamp with time zone not null default now()
  updatedAt timestamp with time zone not null
  constraint auth_account_pkey PRIMARY KEY (id)
  constraint auth_account_userId_fkey FOREIGN KEY ("userId") REFERENCES auth_user(id) ON DELETE CASCADE
  CREATE INDEX auth_account_user ON public.auth_account USING btree ("userId")

create table auth_session
  id text not null
  expiresAt timestamp with time zone not null
  token text not null
  createdAt timestamp with time zone not null default now()
  updatedAt timestamp with time zone not null
  ipAddress text
  userAgent text
  userId text not null
  constraint auth_session_pkey PRIMARY KEY (id)
  constraint auth_session_token_key UNIQUE (token)
  constraint auth_session_userId_fkey FOREIGN KEY ("userId") REFERENCES auth_user(id) ON DELETE CASCADE
  CREATE INDEX auth_session_user ON public.auth_session USING btree ("userId")

create table auth_user
  id text not null
  name text not null
  email text not null
  emailVerified boolean not null
  image text
  phoneNumber text
  phoneNumberVerified boolean
  createdAt timestamp with time zone not null default now()
  updatedAt timestamp with time zone not null default now()
  constraint auth_user_email_key UNIQUE (email)
  constraint auth_user_phoneNumber_key UNIQUE ("phoneNumber")
  constraint auth_user_pkey PRIMARY KEY (id)

create table auth_verification
  id text not null
  identifier text not null
  value text not null
  expiresAt timestamp with time zone not null
  createdAt timestamp with time zone not null default now()
  updatedAt timestamp with time zone not null default now()
  constraint auth_verification_pkey PRIMARY KEY (id)
  CREATE INDEX auth_verification_identifier ON public.auth_verification USING btree (identifier)

create table booking
  city text not null
  id text not null
  slot text not null
  journey text
  booked_at bigint not null
  cancelled_at bigint
  incident text not null
  state text not null default 'booked'::text
  institution text
  service text
  day bigint
  person_key text
  phone_key text
  proxy_key text
  held_until bigint
  kept boolean not null default false
  series text
  waiting text
  call_up_at bigint
  token_hash text
  phone_proof text
  made_by text
  person jsonb
  care jsonb
  version integer not null default 1
  town text
  request_hash text
  booked_hash text
  cancelled_reason text
  trouble text
  owner_role text
  owner_scope text
  due_at bigint
  missed_count integer not null default 0
  constraint booking_cancelled CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL)))
  constraint booking_city_slot_fkey FOREIGN KEY (city, slot) REFERENCES slot(city, id)
  constraint booking_held CHECK (((state = 'held'::text) = (held_until IS NOT NULL)))
  constraint booking_pkey PRIMARY KEY (city, id)
  constraint booking_state_check CHECK ((state = ANY (ARRAY['held'::text, 'booked'::text, 'checkedIn'::text, 'fulfilled'::text, 'cancelled'::text, 'noShow'::text])))
  constraint booking_trouble CHECK ((((due_at IS NULL) = (trouble IS NULL)) AND ((due_at IS NULL) = (owner_role IS NULL)) AND ((due_at IS NULL) = (owner_scope IS NULL))))
  CREATE INDEX booking_call_up ON public.booking USING btree (city, call_up_at) WHERE ((journey IS NULL) AND (state = 'booked'::text) AND (call_up_at IS NOT NULL))
  CREATE INDEX booking_due ON public.booking USING btree (city, due_at) WHERE (due_at IS NOT NULL)
  CREATE INDEX booking_held_until ON public.booking USING btree (city, held_until) WHERE (state = 'held'::text)
  CREATE INDEX booking_incident ON public.booking USING btree (city, incident)
  CREATE INDEX booking_phone ON public.booking USING btree (phone_key) WHERE ((phone_key IS NOT NULL) AND (state = ANY (ARRAY['held'::text, 'booked'::text, 'checkedIn'::text])))
  CREATE INDEX booking_proxy ON public.booking USING btree (proxy_key) WHERE ((proxy_key IS NOT NULL) AND (state = ANY (ARRAY['held'::text, 'booked'::text, 'checkedIn'::text])))
  CREATE INDEX booking_series ON public.booking USING btree (city, series) WHERE (series IS NOT NULL)
  CREATE INDEX booking_slot ON public.booking USING btree (slot) WHERE (state = ANY (ARRAY['held'::text, 'booked'::text, 'checkedIn'::text]))
  CREATE UNIQUE INDEX booking_once ON public.booking USING btree (city, journey, slot) WHERE ((journey IS NOT NULL) AND (cancelled_at IS NULL))
  CREATE UNIQUE INDEX booking_one_a_day ON public.booking USING btree (person_key, service, day) WHERE ((person_key IS NOT NULL) AND (state = ANY (ARRAY['held'::text, 'booked'::text, 'checkedIn'::text])))
  CREATE UNIQUE INDEX booking_token ON public.booking USING btree (city, token_hash) WHERE (token_hash IS NOT NULL)
  CREATE UNIQUE INDEX booking_waiting ON public.booking USING btree (city, waiting) WHERE ((waiting IS NOT NULL) AND (state = 'held'::text))

create table call
  city text not null
  id text not null
  incident text not null
  version integer not null
  line text not null
  district text
  state text not null
  due_at bigint
  rang_at bigint not null
  journey text
  call jsonb not null
  next_at bigint
  answered_at bigint
  missed_at bigint
  abandoned boolean not null default false
  owner_name text
  exchange_call text
  constraint call_check CHECK (((state = 'callBackOwed'::text) = (due_at IS NOT NULL)))
  constraint call_pkey PRIMARY KEY (city, id)
  constraint call_state_check CHECK ((state = ANY (ARRAY['ringing'::text, 'answered'::text, 'callBackOwed'::text, 'ended'::text])))
  CREATE INDEX call_incident ON public.call USING btree (city, incident)
  CREATE INDEX call_next ON public.call USING btree (city, next_at) WHERE (next_at IS NOT NULL)
  CREATE INDEX call_open ON public.call USING btree (city, rang_at) WHERE (state <> 'ended'::text)
  CREATE INDEX call_rang ON public.call USING btree (city, rang_at)
  CREATE UNIQUE INDEX call_exchange ON public.call USING btree (city, incident, exchange_call) WHERE (exchange_call IS NOT NULL)

create table call_news
  city text not null
  id text not null
  incident text not null
  body_hash text not null
  exchange_call text not null
  news jsonb not null
  received_at bigint not null
  constraint call_news_pkey PRIMARY KEY (city, id)
  CREATE INDEX call_news_incident ON public.call_news USING btree (city, incident)

create table car_position
  city text not null
  car text not null
  at bigint not null
  incident text not null
  lon double precision not null
  lat double precision not null
  constraint car_position_pkey PRIMARY KEY (city, car, at)
  CREATE INDEX car_position_incident ON public.car_position USING btree (city, incident)

create table car_state
  city text not null
  car text not null
  incident text not null
  state text not null default 'ready'::text
  reason text
  since bigint not null
  lon double precision
  lat double precision
  place_at bigint
  constraint car_state_check CHECK ((((place_at IS NULL) = (lon IS NULL)) AND ((lon IS NULL) = (lat IS NULL))))
  constraint car_state_pkey PRIMARY KEY (city, car)
  constraint car_state_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'broken'::text, 'off'::text])))

create table clinic_visit
  city text not null
  journey text not null
  visit text not null
  institution text not null
  service text not null
  state text not null
  acuity text not null
  queued_at bigint not null
  promised_at bigint
  doctor text
  taken_at bigint
  returns_at bigint
  answered_at bigint
  constraint clinic_visit_check CHECK (((state <> 'taken'::text) OR ((doctor IS NOT NULL) AND (returns_at IS NOT NULL))))
  constraint clinic_visit_pkey PRIMARY KEY (city, journey)
  constraint clinic_visit_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'queried'::text, 'toCheck'::text, 'toDispense'::text, 'toHandOver'::text, 'onTheWay'::text, 'over'::text])))
  CREATE INDEX clinic_visit_answered ON public.clinic_visit USING btree (city, institution, answered_at) WHERE (answered_at IS NOT NULL)
  CREATE INDEX clinic_visit_desk ON public.clinic_visit USING btree (city, institution, state) WHERE (state <> 'over'::text)
  CREATE INDEX clinic_visit_returns ON public.clinic_visit USING btree (city, returns_at) WHERE (state = 'taken'::text)

create table consult
  city text not null
  id text not null
  incident text not null
  version integer not null
  asked_from text not null
  asked_of text not null
  due_at bigint not null
  answered_at bigint
  taken_by text
  journey text
  consult jsonb not null
  taken_of text
  asked_expert text
  asked_at bigint not null default 0
  constraint consult_pkey PRIMARY KEY (city, id)
  CREATE INDEX consult_incident ON public.consult USING btree (city, incident)
  CREATE INDEX consult_open ON public.consult USING btree (city, due_at) WHERE (answered_at IS NULL)

create table counterpart_area
  city text not null
  incident text not null
  name text not null
  towns text[] not null
  by_name text not null
  constraint counterpart_area_pkey PRIMARY KEY (city, incident, name)
  constraint counterpart_area_towns_check CHECK ((cardinality(towns) > 0))

create table counterpart_hole
  id bigint not null generated always as identity
  city text not null
  incident text not null
  town text not null
  service text not null
  found_at bigint not null
  ended_at bigint
  constraint counterpart_hole_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX counterpart_hole_once ON public.counterpart_hole USING btree (city, incident, town, service) WHERE (ended_at IS NULL)

create table counterpart_version
  city text not null
  incident text not null
  version integer not null
  rows jsonb not null
  towns text[] not null
  why text not null
  by_id text not null
  by_name text not null
  by_role text not null
  at bigint not null
  undone_to integer
  constraint counterpart_version_pkey PRIMARY KEY (city, incident, version)
  constraint counterpart_version_version_check CHECK ((version > 0))
  constraint counterpart_version_why_check CHECK ((why <> ''::text))

create table custody_incident
  city text not null
  id text not null
  journey text not null
  ride text not null
  car text not null
  fault text not null
  district text not null
  at bigint not null
  lon double precision
  lat double precision
  owner_role text not null
  owner_scope text not null
  due_at bigint not null
  missed_count integer not null default 0
  settled_at bigint
  settled_by text
  what text
  constraint custody_incident_check CHECK (((settled_at IS NULL) = (settled_by IS NULL)))
  constraint custody_incident_pkey PRIMARY KEY (city, id)
  CREATE INDEX custody_incident_due ON public.custody_incident USING btree (city, due_at) WHERE (settled_at IS NULL)
  CREATE INDEX custody_incident_journey ON public.custody_incident USING btree (city, journey)
  CREATE UNIQUE INDEX custody_incident_once ON public.custody_incident USING btree (city, ride, fault) WHERE (settled_at IS NULL)

create table day_plan
  city text not null
  district text not null
  incident text not null
  at bigint not null
  planned_by text not null
  moved integer not null
  constraint day_plan_pkey PRIMARY KEY (city, district, incident)

create table dispatch_mode
  city text not null
  incident text not null
  mode text not null
  since bigint not null
  by_id text not null
  by_name text not null
  reason text not null
  constraint dispatch_mode_mode_check CHECK ((mode = ANY (ARRAY['recommended'::text, 'automatic'::text])))
  constraint dispatch_mode_pkey PRIMARY KEY (city, incident)

create table dispensed_medicine
  city text not null
  incident text not null
  journey text not null
  visit text not null
  place integer not null
  person_key text not null
  medicine text not null
  days integer not null
  quantity integer
  dispensed_at bigint not null
  constraint dispensed_medicine_days_check CHECK ((days > 0))
  constraint dispensed_medicine_pkey PRIMARY KEY (city, journey, visit, place)
  CREATE INDEX dispensed_medicine_person ON public.dispensed_medicine USING btree (city, incident, person_key)
  CREATE INDEX dispensed_medicine_visit ON public.dispensed_medicine USING btree (city, visit)

create table displaced
  city text not null
  booking text not null
  slot text not null
  incident text not null
  reason text not null
  asked_at bigint not null
  starts_at bigint not null
  acuity text not null
  gap_ends_at bigint
  green boolean not null
  prefer text
  owner_role text
  owner_scope text
  due_at bigint
  missed_count integer not null default 0
  attempts integer not null default 0
  done_at bigint
  outcome text
  to_slot text
  waiting text
  constraint displaced_check CHECK ((((done_at IS NULL) = (due_at IS NOT NULL)) AND ((due_at IS NULL) = (owner_role IS NULL)) AND ((due_at IS NULL) = (owner_scope IS NULL))))
  constraint displaced_check1 CHECK (((done_at IS NULL) = (outcome IS NULL)))
  constraint displaced_pkey PRIMARY KEY (city, booking, slot)
  CREATE INDEX displaced_incident ON public.displaced USING btree (city, incident)
  CREATE INDEX displaced_open ON public.displaced USING btree (city, acuity, gap_ends_at, green DESC, starts_at, booking) WHERE (done_at IS NULL)
  CREATE INDEX displaced_slot ON public.displaced USING btree (city, slot)

create table duty_hand_over
  city text not null
  incident text not null
  institution text not null
  goes text not null
  comes text not null
  signed jsonb not null
  done_at bigint
  constraint duty_hand_over_pkey PRIMARY KEY (city, goes, comes)
  CREATE INDEX duty_hand_over_incident ON public.duty_hand_over USING btree (city, incident)
  CREATE UNIQUE INDEX duty_hand_over_once ON public.duty_hand_over USING btree (city, goes) WHERE (done_at IS NOT NULL)

create table duty_line
  city text not null
  institution text not null
  incident text not null
  public_number text not null
  number_digits text not null
  named_at bigint not null
  named_by text not null
  constraint duty_line_city_number_digits_key UNIQUE (city, number_digits)
  constraint duty_line_pkey PRIMARY KEY (city, institution)
  CREATE INDEX duty_line_incident ON public.duty_line USING btree (city, incident)

create table duty_matter
  city text not null
  id text not null
  incident text not null
  institution text not null
  district text not null
  kind text not null
  starts_at bigint not null
  ends_at bigint not null
  owner_role text not null
  owner_scope text not null
  due_at bigint not null
  missed_count integer not null default 0
  constraint duty_matter_check CHECK ((ends_at > starts_at))
  constraint duty_matter_city_institution_kind_starts_at_key UNIQUE (city, institution, kind, starts_at)
  constraint duty_matter_kind_check CHECK ((kind = ANY (ARRAY['gap'::text, 'notHandedOver'::text])))
  constraint duty_matter_pkey PRIMARY KEY (city, id)
  CREATE INDEX duty_matter_due ON public.duty_matter USING btree (city, due_at)
  CREATE INDEX duty_matter_incident ON public.duty_matter USING btree (city, incident)

create table duty_shift
  city text not null
  id text not null
  institution text not null
  starts_at bigint not null
  ends_at bigint not null
  duty_person text not null
  phone text not null
  second_person text
  incident text not null
  answers_from bigint not null
  second_phone text
  takes_over_from text
  constraint duty_shift_answers CHECK (((answers_from >= starts_at) AND (answers_from < ends_at)))
  constraint duty_shift_check CHECK ((ends_at > starts_at))
  constraint duty_shift_pkey PRIMARY KEY (city, id)
  constraint one_answers_at_a_time EXCLUDE USING gist (city WITH =, institution WITH =, int8range(answers_from, ends_at) WITH &&)
  CREATE INDEX duty_shift_incident ON public.duty_shift USING btree (city, incident)
  CREATE INDEX duty_shift_when ON public.duty_shift USING btree (city, institution, ends_at)

create table errand
  city text not null
  id bigint not null generated always as identity
  journey text not null
  command jsonb not null
  created_at bigint not null
  done_at bigint
  attempts integer not null default 0
  last_refusal text
  constraint errand_pkey PRIMARY KEY (city, id)
  CREATE INDEX errand_journey ON public.errand USING btree (city, journey)
  CREATE INDEX errand_waiting ON public.errand USING btree (city, created_at) WHERE (done_at IS NULL)

create table event
  city text not null
  journey text not null
  seq integer not null
  happened_at bigint not null
  type text not null
  actor_id text not null
  actor_role text not null
  actor_name text not null
  data jsonb not null
  constraint event_pkey PRIMARY KEY (city, journey, seq)
  CREATE INDEX event_answers ON public.event USING btree (city, happened_at) WHERE (type = 'AnswersAdded'::text)
  CREATE INDEX event_board ON public.event USING btree (city, happened_at) WHERE ((actor_id = 'board'::text) AND (type = 'UnitSent'::text))

create table expert_rest
  city text not null
  incident text not null
  hospital text not null
  name text not null
  until bigint not null
  constraint expert_rest_pkey PRIMARY KEY (city, incident, hospital, name)

create table expert_shift
  city text not null
  id text not null
  incident text not null
  hospital text not null
  name text not null
  phone text not null
  specialties text[] not null
  starts_at bigint not null
  ends_at bigint not null
  on_site boolean not null
  by_name text not null
  constraint expert_shift_check CHECK ((ends_at > starts_at))
  constraint expert_shift_pkey PRIMARY KEY (city, id)
  constraint expert_shift_specialties_check CHECK ((cardinality(specialties) > 0))
  constraint one_shift_at_a_time EXCLUDE USING gist (city WITH =, incident WITH =, hospital WITH =, name WITH =, int8range(starts_at, ends_at) WITH &&)
  CREATE INDEX expert_shift_when ON public.expert_shift USING btree (city, incident, ends_at)

create table expert_visit
  city text not null
  id text not null
  incident text not null
  consult text not null
  hospital text not null
  institution text not null
  district text not null
  name text not null
  phone text not null
  expert text not null
  asked_at bigint not null
  leaves_at bigint not null
  own_way boolean not null default false
  car text
  pass text not null
  left_at bigint
  arrived_at bigint
  returned_at bigint
  called_off text
  owner_role text
  owner_scope text
  due_at bigint
  missed_count integer not null default 0
  constraint expert_visit_check CHECK (((due_at IS NULL) = (owner_role IS NULL)))
  constraint expert_visit_check1 CHECK (((due_at IS NULL) = (owner_scope IS NULL)))
  constraint expert_visit_check2 CHECK (((due_at IS NULL) = ((returned_at IS NOT NULL) OR (called_off IS NOT NULL))))
  constraint expert_visit_pkey PRIMARY KEY (city, id)
  CREATE INDEX expert_visit_due ON public.expert_visit USING btree (city, due_at) WHERE (due_at IS NOT NULL)
  CREATE INDEX expert_visit_incident ON public.expert_visit USING btree (city, incident)
  CREATE UNIQUE INDEX expert_visit_car ON public.expert_visit USING btree (city, car) WHERE ((returned_at IS NULL) AND (called_off IS NULL))
  CREATE UNIQUE INDEX expert_visit_consult ON public.expert_visit USING btree (city, consult) WHERE ((returned_at IS NULL) AND (called_off IS NULL))

create table hand_over
  city text not null
  id text not null
  incident text not null
  institution text not null
  district text not null
  brought_by text not null
  received_at bigint
  received_by text
  told_at bigint
  told_by text
  owner_role text
  owner_scope text
  due_at bigint
  missed_count integer not null default 0
  constraint hand_over_check CHECK (((due_at IS NULL) = (owner_role IS NULL)))
  constraint hand_over_check1 CHECK (((due_at IS NULL) = (owner_scope IS NULL)))
  constraint hand_over_check2 CHECK (((received_at IS NULL) = (received_by IS NULL)))
  constraint hand_over_check3 CHECK (((told_at IS NULL) = (told_by IS NULL)))
  constraint hand_over_pkey PRIMARY KEY (city, id)
  CREATE INDEX hand_over_due ON public.hand_over USING btree (city, due_at) WHERE (due_at IS NOT NULL)
  CREATE INDEX hand_over_incident ON public.hand_over USING btree (city, incident)

create table idempotency
  city text not null
  key text not null
  actor text not null
  request_hash text not null
  journey text not null
  version integer not null
  created_at bigint not null
  constraint idempotency_pkey PRIMARY KEY (city, key, actor)
  CREATE INDEX idempotency_journey ON public.idempotency USING btree (city, journey)

create table incident
  city text not null
  id text not null
  name text not null
  policy text
  clock_offset_ms bigint not null
  started_at bigint not null
  ended_at bigint
  constraint incident_pkey PRIMARY KEY (city, id)
  CREATE UNIQUE INDEX incident_running ON public.incident USING btree (city) WHERE (ended_at IS NULL)

create table journey
  city text not null
  id text not null
  incident text not null
  version integer not null
  state text not null
  acuity text not null
  pathway text not null
  need text not null
  town text not null
  district text not null
  institution text
  service text not null
  scopes text[] not null
  owner_role text
  owner_scope text
  step text
  due_at bigint
  missed_count integer not null default 0
  received_at bigint not null
  closed_at bigint
  token_hash text
  phone_proof text
  story jsonb not null
  policy_turn bigint not null default 0
  roads_turn bigint not null default 0
  counterparts_turn bigint not null default 0
  found_by text default lower((((((((((((id || ' '::text) || COALESCE((story #>> '{request,person,name}'::text[]), ''::text)) || ' '::text) || COALESCE((story #>> '{request,proxy,name}'::text[]), ''::text)) || ' '::text) || COALESCE((story #>> '{request,address}'::text[]), ''::text)) || ' '::text) || regexp_replace(COALESCE((story #>> '{request,person,phone}'::text[]), ''::text), '\D'::text, ''::text, 'g'::text)) || ' '::text) || regexp_replace(COALESCE((story #>> '{request,proxy,phone}'::text[]), ''::text), '\D'::text, ''::text, 'g'::text)) || ' '::text))
  constraint journey_check CHECK (((state = 'closed'::text) OR ((owner_role IS NOT NULL) AND (step IS NOT NULL) AND (due_at IS NOT NULL))))
  constraint journey_pkey PRIMARY KEY (city, id)
  constraint journey_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
  CREATE INDEX journey_at_door ON public.journey USING btree (city) WHERE ((state = 'open'::text) AND (step = 'receive'::text))
  CREATE INDEX journey_counterparts_turn ON public.journey USING btree (city, counterparts_turn) WHERE (state = 'open'::text)
  CREATE INDEX journey_due ON public.journey USING btree (city, due_at) WHERE (state = 'open'::text)
  CREATE INDEX journey_incident ON public.journey USING btree (city, incident)
  CREATE INDEX journey_place ON public.journey USING btree (city, institution, service) WHERE (state = 'open'::text)
  CREATE INDEX journey_policy_turn ON public.journey USING btree (city, policy_turn) WHERE (state = 'open'::text)
  CREATE INDEX journey_received ON public.journey USING btree (city, received_at)
  CREATE INDEX journey_roads_turn ON public.journey USING btree (city, roads_turn) WHERE (state = 'open'::text)
  CREATE INDEX journey_scopes ON public.journey USING gin (scopes) WITH (fastupdate=off)
  CREATE UNIQUE INDEX journey_token ON public.journey USING btree (city, token_hash)

create table outbox
  city text not null
  id bigint not null generated always as identity
  journey text
  audience text not null
  code text not null
  facts jsonb not null
  created_at bigint not null
  sent_at bigint
  expires_at timestamp with time zone
  incident text
  constraint outbox_ends CHECK (((journey IS NOT NULL) OR (expires_at IS NOT NULL) OR (incident IS NOT NULL)))
  constraint outbox_pkey PRIMARY KEY (city, id)
  CREATE INDEX outbox_expires ON public.outbox USING btree (city, expires_at) WHERE (expires_at IS NOT NULL)
  CREATE INDEX outbox_incident ON public.outbox USING btree (city, incident) WHERE (incident IS NOT NULL)
  CREATE INDEX outbox_journey ON public.outbox USING btree (city, journey)

create table panel_knock
  city text not null
  incident text not null
  id text not null
  member text not null
  town text not null
  why text not null
  asked_at bigint not null
  due_at bigint not null
  missed_count integer not null default 0
  told text
  done_at bigint
  done_by text
  found text
  note text
  constraint panel_knock_check CHECK (((done_at IS NULL) = (found IS NULL)))
  constraint panel_knock_found_check CHECK ((found = ANY (ARRAY['well'::text, 'needsCare'::text, 'notThere'::text, 'moved'::text])))
  constraint panel_knock_pkey PRIMARY KEY (city, incident, id)
  CREATE INDEX panel_knock_open ON public.panel_knock USING btree (city, due_at) WHERE (done_at IS NULL)
  CREATE UNIQUE INDEX panel_knock_one ON public.panel_knock USING btree (city, incident, member) WHERE (done_at IS NULL)

create table panel_member
  city text not null
  id text not null
  incident text not null
  version integer not null
  town text not null
  due_at bigint not null
  member jsonb not null
  team text not null
  person_key text not null
  number text
  active boolean not null default true
  transfer_to text
  transfer_due_at bigint
  calling_by text
  calling_name text
  calling_since bigint
  calling_until bigint
  constraint panel_member_pkey PRIMARY KEY (city, incident, id)
  constraint panel_member_team FOREIGN KEY (city, incident, team) REFERENCES panel_team(city, incident, id)
  constraint panel_member_transfer CHECK ((((transfer_to IS NULL) = (transfer_due_at IS NULL)) AND (transfer_to <> team)))
  CREATE INDEX panel_member_of_team ON public.panel_member USING btree (city, incident, team) INCLUDE (person_key) WHERE active
  CREATE INDEX panel_member_of_town ON public.panel_member USING btree (city, incident, town) WHERE active
  CREATE INDEX panel_member_transfer_due ON public.panel_member USING btree (city, transfer_due_at) WHERE (transfer_to IS NOT NULL)
  CREATE UNIQUE INDEX panel_member_number ON public.panel_member USING btree (city, incident, team, number) WHERE (number IS NOT NULL)
  CREATE UNIQUE INDEX panel_member_person ON public.panel_member USING btree (city, incident, person_key)

create table panel_team
  city text not null
  incident text not null
  id text not null
  centre text
  name text not null
  phone text not null
  towns text[] not null
  constraint panel_team_pkey PRIMARY KEY (city, incident, id)
  constraint panel_team_towns_check CHECK ((cardinality(towns) > 0))

create table panel_watched
  city text not null
  incident text not null
  looked_until bigint not null
  constraint panel_watched_pkey PRIMARY KEY (city, incident)

create table pass
  city text not null
  id text not null
  code text not null
  journey text not null
  valid_from bigint not null
  valid_to bigint not null
  to_institution text not null
  from_town text not null
  issued_at bigint not null
  revoked_at bigint
  constraint pass_city_code_key UNIQUE (city, code)
  constraint pass_pkey PRIMARY KEY (city, id)
  CREATE INDEX pass_journey ON public.pass USING btree (city, journey)

create table pass_check
  city text not null
  id bigint not null generated always as identity
  incident text not null
  pass text
  code text not null
  answer text not null
  at bigint not null
  checked_by text not null
  scope text not null default ''::text
  lon double precision
  lat double precision
  received_at bigint
  constraint pass_check_pkey PRIMARY KEY (city, id)
  constraint pass_check_place CHECK (((lon IS NULL) = (lat IS NULL)))
  CREATE INDEX pass_check_incident ON public.pass_check USING btree (city, incident)
  CREATE INDEX pass_check_pass ON public.pass_check USING btree (city, pass, at DESC) WHERE (pass IS NOT NULL)

create table pass_issuer
  city text not null
  id text not null
  incident text not null
  kind text not null
  name jsonb not null
  areas text[]
  passes_max integer not null
  valid_until bigint not null
  enrolled_at bigint not null
  enrolled_by text not null
  withdrawn_at bigint
  withdrawn_by text
  withdrawn_reason text
  constraint pass_issuer_check CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL)))
  constraint pass_issuer_check1 CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)))
  constraint pass_issuer_kind_check CHECK ((kind = ANY (ARRAY['hospital'::text, 'epidemicControl'::text, 'police'::text, 'courier'::text, 'other'::text])))
  constraint pass_issuer_passes_max_check CHECK ((passes_max > 0))
  constraint pass_issuer_pkey PRIMARY KEY (city, incident, id)

create table pass_key
  city text not null
  kid text not null
  issuer text not null
  x text not null
  y text not null
  secret text not null
  made_at bigint not null
  retired_at bigint
  given_up_at bigint
  constraint pass_key_given_up_is_retired CHECK (((given_up_at IS NULL) OR (retired_at IS NOT NULL)))
  constraint pass_key_pkey PRIMARY KEY (city, kid)
  CREATE UNIQUE INDEX pass_key_signs ON public.pass_key USING btree (city, issuer) WHERE (retired_at IS NULL)

create table policy
  city text not null
  id text not null
  version text not null
  state text not null
  edition bigint
  text text not null
  life jsonb not null
  constraint policy_check CHECK (((edition IS NOT NULL) = (state = ANY (ARRAY['adopted'::text, 'replaced'::text]))))
  constraint policy_pkey PRIMARY KEY (city, id, version)
  constraint policy_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'checked'::text, 'adopted'::text, 'replaced'::text, 'withdrawn'::text])))
  CREATE UNIQUE INDEX policy_adopted ON public.policy USING btree (city, id) WHERE (state = 'adopted'::text)

create table refusal_case
  city text not null
  id text not null
  incident text not null
  district text not null
  call text
  booking text
  refusal jsonb not null
  reports jsonb not null default '[]'::jsonb
  about text not null default (refusal ->> 'about'::text)
  journey text default (refusal ->> 'journey'::text)
  opened_at bigint not null default ((refusal ->> 'openedAt'::text))::bigint
  due_at bigint default ((refusal ->> 'dueAt'::text))::bigint
  over_at bigint default ((refusal #>> '{over,at}'::text[]))::bigint
  closed_at bigint default ((refusal ->> 'closedAt'::text))::bigint
  constraint refusal_case_pkey PRIMARY KEY (city, id)
  constraint refusal_closed CHECK (((closed_at IS NULL) OR ((over_at IS NOT NULL) AND (refusal ? 'decision'::text))))
  constraint refusal_owed CHECK (((due_at IS NULL) = (closed_at IS NOT NULL)))
  CREATE INDEX refusal_about ON public.refusal_case USING btree (city, incident, about)
  CREATE INDEX refusal_due ON public.refusal_case USING btree (city, due_at) WHERE (due_at IS NOT NULL)
  CREATE UNIQUE INDEX refusal_of_booking ON public.refusal_case USING btree (city, booking) WHERE (booking IS NOT NULL)
  CREATE UNIQUE INDEX refusal_of_call ON public.refusal_case USING btree (city, call) WHERE (call IS NOT NULL)
  CREATE UNIQUE INDEX refusal_once ON public.refusal_case USING btree (city, journey, about) WHERE ((journey IS NOT NULL) AND (call IS NULL) AND (over_at IS NULL))

create table refusal_history
  city text not null
  period text not null
  institution text not null
  exercise boolean not null
  ended_at bigint not null
  record jsonb not null
  statement text
  constraint refusal_history_pkey PRIMARY KEY (city, period, institution)

create table refusal_statement
  city text not null
  incident text not null
  institution text not null
  district text not null
  text text not null
  by_name text not null
  at bigint not null
  published_by text
  published_at bigint
  constraint refusal_statement_check CHECK (((published_by IS NULL) = (published_at IS NULL)))
  constraint refusal_statement_pkey PRIMARY KEY (city, incident, institution)

create table replacement
  city text not null
  id text not null
  incident text not null
  institution text not null
  service text not null
  state text not null
  asked_at bigint not null
  asked_by text not null
  reason text
  until bigint
  attempts integer not null default 0
  ended_at bigint
  answer jsonb
  constraint replacement_check CHECK (((state = 'running'::text) = (ended_at IS NULL)))
  constraint replacement_pkey PRIMARY KEY (city, id)
  constraint replacement_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
  CREATE INDEX replacement_incident ON public.replacement USING btree (city, incident)
  CREATE UNIQUE INDEX replacement_running ON public.replacement USING btree (city, institution, service) WHERE (state = 'running'::text)

create table restriction
  city text not null
  id text not null
  incident text not null
  district text not null
  valid_from bigint not null
  valid_to bigint
  ended_at bigint
  restriction jsonb not null
  reason text not null default ''::text
  drawn_at bigint not null default 0
  daily jsonb
  constraint restriction_check CHECK ((valid_to > valid_from))
  constraint restriction_pkey PRIMARY KEY (city, id)
  CREATE INDEX restriction_incident ON public.restriction USING btree (city, incident) WHERE (ended_at IS NULL)

create table ride
  city text not null
  ride text not null
  journey text not null
  leg text not null
  district text not null
  town text not null
  cohort text not null
  state text not null
  car text
  pick_up_at bigint not null
  arrive_at bigint
  during int8range
  clean_at bigint
  seats integer not null
  wheelchairs integer not null
  stretchers integer not null
  wants_plan boolean not null default false
  day_ride jsonb not null
  constraint cohorts_apart EXCLUDE USING gist (city WITH =, car WITH =, cohort WITH <>, during WITH &&) DEFERRABLE INITIALLY DEFERRED
  constraint ride_check CHECK ((((car IS NULL) = (during IS NULL)) OR ((state = 'over'::text) AND (car IS NOT NULL))))
  constraint ride_check1 CHECK (((state <> ALL (ARRAY['planned'::text, 'aboard'::text])) OR (car IS NOT NULL)))
  constraint ride_leg_check CHECK ((leg = ANY (ARRAY['out'::text, 'back'::text])))
  constraint ride_pkey PRIMARY KEY (city, ride)
  constraint ride_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'planned'::text, 'aboard'::text, 'over'::text])))
  CREATE INDEX ride_car ON public.ride USING btree (city, car, pick_up_at) WHERE (car IS NOT NULL)
  CREATE INDEX ride_day ON public.ride USING btree (city, district, pick_up_at)
  CREATE INDEX ride_journey ON public.ride USING btree (city, journey)
  CREATE INDEX ride_wants_plan ON public.ride USING btree (city, district) WHERE wants_plan

create table schedule
  city text not null
  institution text not null
  id text not null
  service text not null
  clinic text not null
  version integer not null default 1
  schedule jsonb not null
  published_at bigint not null
  published_by text not null
  ended_at bigint
  constraint schedule_pkey PRIMARY KEY (city, institution, id)
  CREATE INDEX schedule_service ON public.schedule USING btree (city, institution, service) WHERE (ended_at IS NULL)

create table secret
  city text not null
  name text not null
  value text not null
  created_at timestamp with time zone not null default now()
  constraint secret_pkey PRIMARY KEY (city, name)

create table series
  city text not null
  id text not null
  incident text not null
  version integer not null default 1
  state text not null
  service text not null
  institution text not null
  cohort text not null
  town text not null
  district text not null
  person_key text not null
  last_start_at bigint
  alarm_at bigint
  red_at bigint
  gap text not null default 'safe'::text
  red_journey text
  owner_role text
  owner_scope text
  due_at bigint
  missed_count integer not null default 0
  series jsonb not null
  person jsonb not null
  care jsonb not null
  token_hash text
  phone_proof text
  made_at bigint not null
  made_by text not null
  constraint series_check CHECK ((((due_at IS NULL) = (owner_role IS NULL)) AND ((due_at IS NULL) = (owner_scope IS NULL))))
  constraint series_check1 CHECK (((gap = 'safe'::text) OR (due_at IS NOT NULL) OR (state <> 'active'::text)))
  constraint series_gap_check CHECK ((gap = ANY (ARRAY['safe'::text, 'alarm'::text, 'red'::text])))
  constraint series_pkey PRIMARY KEY (city, id)
  constraint series_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'ended'::text])))
  CREATE INDEX series_alarm ON public.series USING btree (city, alarm_at) WHERE (state = 'active'::text)
  CREATE INDEX series_due ON public.series USING btree (city, due_at) WHERE (due_at IS NOT NULL)
  CREATE INDEX series_incident ON public.series USING btree (city, incident)
  CREATE INDEX series_unit ON public.series USING btree (city, institution, service) WHERE (state = 'active'::text)
  CREATE UNIQUE INDEX series_once ON public.series USING btree (city, incident, person_key, service) WHERE (state <> 'ended'::text)

create table series_session
  city text not null
  series text not null
  starts_at bigint not null
  incident text not null
  state text not null
  booking text
  journey text
  missing text
  owner_role text
  owner_scope text
  due_at bigint
  missed_count integer not null default 0
  constraint series_session_check CHECK (((state <> 'booked'::text) OR (booking IS NOT NULL)))
  constraint series_session_check1 CHECK (((state <> 'begun'::text) OR (journey IS NOT NULL)))
  constraint series_session_check2 CHECK (((state = 'notPlaced'::text) = (due_at IS NOT NULL)))
  constraint series_session_check3 CHECK ((((due_at IS NULL) = (owner_role IS NULL)) AND ((due_at IS NULL) = (owner_scope IS NULL)) AND ((due_at IS NULL) = (missing IS NULL))))
  constraint series_session_pkey PRIMARY KEY (city, series, starts_at)
  constraint series_session_state_check CHECK ((state = ANY (ARRAY['booked'::text, 'notPlaced'::text, 'begun'::text, 'over'::text, 'dropped'::text])))
  CREATE INDEX series_session_booking ON public.series_session USING btree (city, booking) WHERE (booking IS NOT NULL)
  CREATE INDEX series_session_due ON public.series_session USING btree (city, due_at) WHERE (due_at IS NOT NULL)
  CREATE INDEX series_session_incident ON public.series_session USING btree (city, incident)
  CREATE INDEX series_session_journey ON public.series_session USING btree (city, journey) WHERE (journey IS NOT NULL)

create table service_places
  city text not null
  institution text not null
  service text not null
  capacity integer not null
  free integer not null
  beyond integer not null default 0
  said integer
  said_at bigint not null
  said_by text not null
  constraint places_counted CHECK ((((free >= 0) AND (free <= capacity)) AND (beyond >= 0) AND ((said IS NULL) OR ((said >= 0) AND (said <= capacity)))))
  constraint service_places_pkey PRIMARY KEY (city, institution, service)

create table service_status
  city text not null
  institution text not null
  service text not null
  state text not null
  since bigint not null
  until bigint
  reason text
  stand_in text
  reported_by text not null
  reported_at bigint not null
  constraint service_status_pkey PRIMARY KEY (city, institution, service)

create table service_word
  city text not null
  institution text not null
  service text not null
  said_at bigint not null
  said_by text not null
  constraint service_word_pkey PRIMARY KEY (city, institution, service)

create table session
  city text not null
  token_hash text not null
  incident text
  staff text
  actor_id text not null
  actor_name text not null
  role text not null
  post text not null
  scope text not null
  demo boolean not null default false
  began_at timestamp with time zone not null default now()
  ends_at timestamp with time zone not null
  ended_at timestamp with time zone
  constraint session_city_staff_fkey FOREIGN KEY (city, staff) REFERENCES staff(city, id) ON DELETE CASCADE
  constraint session_pkey PRIMARY KEY (city, token_hash)
  CREATE INDEX session_ends ON public.session USING btree (city, ends_at)
  CREATE INDEX session_incident ON public.session USING btree (city, incident) WHERE (incident IS NOT NULL)

create table shared_ride
  city text not null
  token_hash text not null
  journey text not null
  ride text not null
  shared_at bigint not null
  constraint shared_ride_pkey PRIMARY KEY (city, token_hash)
  CREATE INDEX shared_ride_journey ON public.shared_ride USING btree (city, journey)

create table sign_in_try
  city text not null
  what text not null
  failures integer not null
  next_at timestamp with time zone not null
  constraint sign_in_try_pkey PRIMARY KEY (city, what)

create table slot
  city text not null
  id text not null
  institution text not null
  service text not null
  starts_at bigint not null
  ends_at bigint not null
  seats integer not null
  taken integer not null default 0
  clinic text not null default ''::text
  schedule text
  cohort text
  kept integer not null default 0
  taken_kept integer not null default 0
  kept_until bigint
  released_at bigint not null default 0
  closed_at bigint
  closed_reason text
  has_seat boolean default ((taken < seats) AND (closed_at IS NULL))
  seats_to integer
  by_hand boolean not null default false
  constraint slot_check CHECK (((taken >= 0) AND (taken <= seats)))
  constraint slot_check1 CHECK ((ends_at > starts_at))
  constraint slot_check2 CHECK (((seats_to >= 0) AND (seats_to <= seats)))
  constraint slot_kept CHECK ((((kept >= 0) AND (kept <= seats)) AND ((taken_kept >= 0) AND (taken_kept <= kept)) AND (taken_kept <= taken)))
  constraint slot_pkey PRIMARY KEY (city, id)
  CREATE INDEX slot_clinic_day ON public.slot USING btree (city, institution, starts_at)
  CREATE INDEX slot_find ON public.slot USING btree (city, service, institution, starts_at) WHERE has_seat

create table staff
  city text not null
  id text not null
  name text not null
  role text not null
  scope text not null
  email text
  phone text
  active boolean not null default true
  created_at timestamp with time zone not null default now()
  constraint staff_check CHECK (((email IS NOT NULL) OR (phone IS NOT NULL)))
  constraint staff_pkey PRIMARY KEY (city, id)
  CREATE INDEX staff_email ON public.staff USING btree (city, lower(email)) WHERE active
  CREATE INDEX staff_phone ON public.staff USING btree (city, phone) WHERE active

create table standing_rules
  city text not null
  edition bigint not null
  version text not null
  text text not null
  kept_at bigint not null
  constraint standing_rules_pkey PRIMARY KEY (city, edition)

create table status_edge
  city text not null
  institution text not null
  service text not null
  said_at bigint not null
  edge text not null
  at bigint not null
  constraint status_edge_edge_check CHECK ((edge = ANY (ARRAY['begins'::text, 'ends'::text])))
  constraint status_edge_pkey PRIMARY KEY (city, institution, service, said_at, edge, at)

create table status_log
  city text not null
  id bigint not null generated always as identity
  institution text not null
  service text not null
  state text not null
  since bigint not null
  until bigint
  reason text
  stand_in text
  at bigint not null
  constraint status_log_pkey PRIMARY KEY (city, id)
  CREATE INDEX status_log_at ON public.status_log USING btree (city, at DESC)

create table status_matter
  city text not null
  id text not null
  incident text not null
  institution text not null
  service text not null
  district text not null
  kind text not null
  asked jsonb
  asked_name text
  opened_at bigint not null
  owner_role text not null
  owner_scope text not null
  due_at bigint not null
  missed_count integer not null default 0
  constraint status_matter_check CHECK (((kind = 'closing'::text) = (asked IS NOT NULL)))
  constraint status_matter_city_incident_institution_service_kind_key UNIQUE (city, incident, institution, service, kind)
  constraint status_matter_kind_check CHECK ((kind = ANY (ARRAY['closing'::text, 'unknown'::text, 'difference'::text])))
  constraint status_matter_pkey PRIMARY KEY (city, id)
  CREATE INDEX status_matter_due ON public.status_matter USING btree (city, due_at)

create table unit_state
  city text not null
  unit text not null
  mission text
  journey text
  since bigint not null
  place_lon double precision
  place_lat double precision
  place_at bigint
  post text
  shift_ends_at bigint
  out_since bigint
  out_reason text
  out_until bigint
  constraint unit_state_check CHECK (((mission IS NULL) = (journey IS NULL)))
  constraint unit_state_city_mission_key UNIQUE (city, mission)
  constraint unit_state_out CHECK (((out_since IS NOT NULL) OR ((out_reason IS NULL) AND (out_until IS NULL))))
  constraint unit_state_pkey PRIMARY KEY (city, unit)
  constraint unit_state_placed CHECK ((((place_lon IS NULL) = (place_at IS NULL)) AND ((place_lat IS NULL) = (place_at IS NULL))))

create table waiting
  city text not null
  id text not null
  incident text not null
  version integer not null default 1
  state text not null
  service text not null
  institutions text[] not null default '{}'::text[]
  from_at bigint not null
  to_at bigint not null
  cohort text
  acuity text not null
  gap_ends_at bigint
  green boolean not null
  displaced boolean not null default false
  town text not null
  district text not null
  person_key text not null
  phone_key text not null
  proxy_key text
  person jsonb not null
  care jsonb not null
  call_only boolean not null default false
  token_hash text
  phone_proof text
  joined_at bigint not null
  made_by text not null
  owner_role text
  owner_scope text
  due_at bigint
  missed_count integer not null default 0
  offer text
  offer_slot text
  offered_at bigint
  call_at bigint
  called boolean not null default false
  offer_until bigint
  declined text[] not null default '{}'::text[]
  booking text
  not_at text[] not null default '{}'::text[]
  constraint waiting_check CHECK ((((state = ANY (ARRAY['waiting'::text, 'offered'::text])) = (due_at IS NOT NULL)) AND ((due_at IS NULL) = (owner_role IS NULL)) AND ((due_at IS NULL) = (owner_scope IS NULL))))
  constraint waiting_check1 CHECK ((((state = 'offered'::text) = (offer IS NOT NULL)) AND ((offer IS NULL) = (offer_until IS NULL)) AND ((offer IS NULL) = (offer_slot IS NULL))))
  constraint waiting_check2 CHECK (((state = 'placed'::text) = (booking IS NOT NULL)))
  constraint waiting_check3 CHECK ((to_at > from_at))
  constraint waiting_pkey PRIMARY KEY (city, id)
  constraint waiting_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'offered'::text, 'placed'::text, 'left'::text, 'over'::text])))
  CREATE INDEX waiting_due ON public.waiting USING btree (city, due_at) WHERE (due_at IS NOT NULL)
  CREATE INDEX waiting_incident ON public.waiting USING btree (city, incident)
  CREATE INDEX waiting_line ON public.waiting USING btree (city, service, displaced DESC, acuity, gap_ends_at, green DESC, joined_at, id) WHERE (state = 'waiting'::text)
  CREATE INDEX waiting_offer ON public.waiting USING btree (city, offer_slot) WHERE (state = 'offered'::text)
  CREATE UNIQUE INDEX waiting_once ON public.waiting USING btree (city, incident, person_key, service) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]))
  CREATE UNIQUE INDEX waiting_token ON public.waiting USING btree (city, token_hash) WHERE (token_hash IS NOT NULL)

create table work_pass
  city text not null
  code text not null
  incident text not null
  issuer text not null
  batch text
  kind text not null
  name text not null
  duty text
  areas text[]
  from_place text
  to_place text
  valid_from bigint not null
  valid_to bigint not null
  issued_at bigint not null
  issued_by text not null
  revoked_at bigint
  revoked_by text
  revoked_reason text
  constraint work_pass_check CHECK ((valid_to > valid_from))
  constraint work_pass_check1 CHECK (((revoked_at IS NULL) = (revoked_by IS NULL)))
  constraint work_pass_check2 CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
  constraint work_pass_kind_check CHECK ((kind = ANY (ARRAY['work'::text, 'delivery'::text, 'companion'::text])))
  constraint work_pass_pkey PRIMARY KEY (city, code)
  CREATE INDEX work_pass_of ON public.work_pass USING btree (city, incident, issuer, batch)
  CREATE INDEX work_pass_revoked ON public.work_pass USING btree (city, valid_to) WHERE (revoked_at IS NOT NULL)
