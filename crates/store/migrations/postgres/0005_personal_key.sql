-- A key may be a person's own; null is the key of an application, whose calls name their person. Same tables as in ../sqlite.
alter table api_key add column person text;
