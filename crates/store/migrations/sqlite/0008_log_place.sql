-- An entry is written once and placed later. Places are in narrow tables of their own: to place thousands of entries is then to
-- write a few pages, and not to write every entry again. Same tables as in ../postgres.
create table log_owed (
  entry_id integer primary key
) strict;
create table log_place (
  leaf_index integer primary key,
  entry_id integer not null unique
) strict;
insert into log_owed (entry_id) select id from log_entry where leaf_index is null;
insert into log_place (leaf_index, entry_id) select leaf_index, id from log_entry where leaf_index is not null;

-- SQLite cannot drop a column that is unique: the table is made again.
create table log_entry_placed_elsewhere (
  id integer primary key autoincrement,
  kind text not null,
  leaf blob not null,
  salt blob,
  record text,
  at integer not null,
  subject_id text,
  subject_n integer,
  system text,
  version text,
  energy_low real,
  energy_high real
) strict;
insert into log_entry_placed_elsewhere
  select id, kind, leaf, salt, record, at, subject_id, subject_n, system, version, energy_low, energy_high from log_entry order by id;
drop table log_entry;
alter table log_entry_placed_elsewhere rename to log_entry;
create index log_entry_subject on log_entry (subject_id, subject_n);
create index log_entry_at on log_entry (at);

-- Whoever writes an entry owes it a place: nothing is left out by forgetting to say so.
create trigger log_entry_is_owed after insert on log_entry begin
  insert into log_owed (entry_id) values (new.id);
end;

-- Few calls touch a case.
drop index intent_case;
create index intent_case on intent (case_id) where case_id is not null;
