-- Times are microseconds since 1970 (UTC); bodies are JSON text. Same tables as in ../sqlite.
create table register_event (
  seq bigint primary key,
  at bigint not null,
  author text not null,
  body text not null
);

create table person (
  id text primary key,
  name text not null,
  email text not null unique,
  roles text not null,
  password_hash text not null,
  active boolean not null
);

create table session (
  token_hash text primary key,
  person_id text not null references person (id) on delete cascade,
  created bigint not null,
  expires bigint not null
);
create index session_person on session (person_id);

create table api_key (
  id text primary key,
  secret_hash text not null,
  system_id text not null,
  label text not null,
  created bigint not null,
  expires bigint,
  revoked bigint
);
create index api_key_system on api_key (system_id);

create table case_file (
  id text primary key,
  reference text not null unique,
  subject text not null,
  status text not null,
  updated bigint not null,
  code_hash text unique
);
create index case_file_status on case_file (status, updated);

create table case_event (
  case_id text not null references case_file (id) on delete cascade,
  n bigint not null,
  at bigint not null,
  author text not null,
  kind text not null,
  body text not null,
  primary key (case_id, n)
);

create table intent (
  id text primary key,
  at bigint not null,
  system text not null,
  version text not null,
  api_key text not null,
  person text,
  model text not null,
  host text not null,
  case_id text,
  body text not null
);
create index intent_at on intent (at);
create index intent_case on intent (case_id);

create table outcome (
  intent_id text primary key references intent (id),
  at bigint not null,
  kind text not null,
  body text not null
);

create table refusal (
  id text primary key,
  at bigint not null,
  system text,
  api_key text,
  body text not null
);
create index refusal_at on refusal (at);

-- The outbox and the log: a null leaf_index is an entry still owed.
-- subject_id and subject_n name the act that owes it; erasure forgets them with the record and the salt.
-- system, version and energy (Wh) are what the tally counts by; they say nothing of a person and stay.
create table log_entry (
  id bigint generated always as identity primary key,
  kind text not null,
  leaf_index bigint unique,
  leaf bytea not null,
  salt bytea,
  record text,
  at bigint not null,
  subject_id text,
  subject_n bigint,
  system text,
  version text,
  energy_low double precision,
  energy_high double precision
);
create index log_entry_owed on log_entry (id) where leaf_index is null;
create index log_entry_subject on log_entry (subject_id, subject_n);
create index log_entry_at on log_entry (at);

create table log_head (
  id bigint primary key check (id = 1),
  size bigint not null,
  root bytea not null,
  note text not null,
  tallied bigint not null,
  tallied_at bigint not null
);
insert into log_head (id, size, root, note, tallied, tallied_at) values (1, 0, '', '', 0, 0);

-- Counts every change of people and keys, so that nodes know when to read them again.
create table directory_epoch (
  id bigint primary key check (id = 1),
  n bigint not null
);
insert into directory_epoch (id, n) values (1, 0);
