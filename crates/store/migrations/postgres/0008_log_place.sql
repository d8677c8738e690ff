-- An entry is written once and placed later. Places are in narrow tables of their own: to place thousands of entries is then to
-- write a few pages, and not to write every entry again. Same tables as in ../sqlite.
create table log_owed (
  entry_id bigint primary key
);
create table log_place (
  leaf_index bigint primary key,
  entry_id bigint not null unique
);
insert into log_owed (entry_id) select id from log_entry where leaf_index is null;
insert into log_place (leaf_index, entry_id) select leaf_index, id from log_entry where leaf_index is not null;
drop index log_entry_owed;
alter table log_entry drop column leaf_index;

-- Whoever writes an entry owes it a place: nothing is left out by forgetting to say so.
create or replace function owe_log_entry() returns trigger language plpgsql as $$
begin
  insert into log_owed (entry_id) values (new.id);
  return null;
end $$;
create trigger log_entry_is_owed after insert on log_entry for each row execute function owe_log_entry();

-- Few calls touch a case.
drop index intent_case;
create index intent_case on intent (case_id) where case_id is not null;
