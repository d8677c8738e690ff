-- A case says which systems declared it, and what each said. Same tables as in ../sqlite.

-- A row without its opening event was left by a program that died between two writes: nobody could read it.
delete from case_file where not exists (select 1 from case_event where case_id = case_file.id);

create table case_declaration (
  case_id text not null references case_file (id) on delete cascade,
  system text not null,
  api_key text not null,
  at bigint not null,
  subject text not null,
  primary key (case_id, system)
);
insert into case_declaration (case_id, system, api_key, at, subject)
  select c.id, coalesce(c.subject::json ->> 'system', ''), e.author, e.at, c.subject
  from case_file c join case_event e on e.case_id = c.id and e.n = 1;

-- The system that opened the case: its declaration is the one that people read.
alter table case_file add column opened_by text not null default '';
update case_file set opened_by = (select d.system from case_declaration d where d.case_id = case_file.id);
alter table case_file drop column subject;

-- Counts the cases erased, so that nodes know when to forget what they remember of them.
create table erasure (
  id bigint primary key check (id = 1),
  n bigint not null
);
insert into erasure (id, n) values (1, 0);
