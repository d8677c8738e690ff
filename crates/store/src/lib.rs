//! SQLite and PostgreSQL: repositories, migrations, the journal.
