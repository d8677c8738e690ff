-- Drafts of impact studies: each save is a row and none is ever changed, so that nothing that was written is lost.
create table study_draft (
  system text not null,
  kind text not null,
  n integer not null,
  at integer not null,
  author text not null,
  body text not null,
  primary key (system, kind, n)
) strict;
