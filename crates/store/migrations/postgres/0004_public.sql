-- What the public says: contributions to a consultation, and problems reported. Same tables as in ../sqlite.
-- A consultation has a row here when it takes place on this site; received counts its contributions, closed is when its
-- answer was recorded. Both move in the transaction of the act of the register that moves them.
create table consultation (
  id text primary key,
  system text not null,
  closes bigint not null,
  received bigint not null,
  closed bigint
);

-- state is pending, published or set_aside (then reason says why); an empty answer is one still owed.
create table contribution (
  consultation text not null references consultation (id),
  n bigint not null,
  received bigint not null,
  name text not null,
  email text not null,
  words text not null,
  state text not null,
  reason text not null,
  answer text not null,
  answered bigint,
  answered_by text,
  primary key (consultation, n)
);

-- A problem reported on a system. A summary is what is published of it, with its answer; empty when the answer is private.
create table report (
  id text primary key,
  code_hash text not null unique,
  system text not null,
  received bigint not null,
  due bigint not null,
  words text not null,
  summary text not null,
  answer text not null,
  answered bigint,
  answered_by text
);
create index report_open on report (received) where answered is null;
