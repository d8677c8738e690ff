-- What a key opens (null: everything), and the secret that a renewed key still answers to for a while. Same tables as in ../postgres.
alter table api_key add column scopes text;
alter table api_key add column previous_hash text;
alter table api_key add column previous_until integer;
