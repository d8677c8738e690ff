-- What was taken of each quota in each period: reserved by intents, corrected by outcomes. Same tables as in ../sqlite.
create table quota_use (
    quota text not null,
    period text not null,
    used bigint not null,
    primary key (quota, period)
);
