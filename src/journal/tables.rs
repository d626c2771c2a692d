//! What each table promises: whether its changes are journaled, and what exporting and erasing a Member does to it.

/// Whether a change of a table must leave an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Others could see it: no change without an entry.
    Journaled,
    /// Books of the machine itself (positions, leases, sessions' last use, drafts, caches): kept by `site.note`.
    Booked,
}

/// What erasing a Member does to the rows that point to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnErase {
    /// The rows go.
    Delete,
    /// The row stays, the column becomes NULL or the row's words are taken out; nobody else's words break.
    Anonymise,
    /// Nothing in it tells of a Member; why, in words.
    Nothing(&'static str),
}

/// What a Member's export holds of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnExport {
    Rows,
    Nothing(&'static str),
}

/// One table's promises. The schema walk fails where a table, or a column that can reach a Member, is not declared.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    pub kept: Kept,
    /// The columns that hold a Member's id. The first says whose row it is; in the others they only did something to it.
    pub members: &'static [&'static str],
    pub erase: OnErase,
    pub export: OnExport,
    /// Columns that no export shows: what proves who somebody is, and what is the machine's alone.
    pub hides: &'static [&'static str],
    /// How a row of it is called where others point to it.
    pub title: Option<Title>,
}

/// How a row is called.
#[derive(Clone, Copy, Debug)]
pub struct Title {
    /// Gives the words; `$1` is the id, `{readable}` the rule of who may read the Space `s`.
    pub sql: &'static str,
    /// Its address, with `{id}`; empty where it has none.
    pub href: &'static str,
}

impl Table {
    pub const fn journaled(name: &'static str, members: &'static [&'static str], erase: OnErase, export: OnExport) -> Self {
        Self { name, kept: Kept::Journaled, members, erase, export, hides: &[], title: None }
    }

    pub const fn booked(name: &'static str, members: &'static [&'static str], erase: OnErase, export: OnExport) -> Self {
        Self { name, kept: Kept::Booked, members, erase, export, hides: &[], title: None }
    }

    /// Hides columns from every export.
    pub const fn hiding(mut self, columns: &'static [&'static str]) -> Self {
        self.hides = columns;
        self
    }

    /// Says how a row is called.
    pub const fn titled(mut self, sql: &'static str, href: &'static str) -> Self {
        self.title = Some(Title { sql, href });
        self
    }
}

/// The journal's own tables.
pub const TABLES: &[Table] = &[
    Table::booked("journal", &["actor"], OnErase::Anonymise, OnExport::Nothing("ids only; what they point to is exported where it lives")),
    Table::booked("journal_room", &[], OnErase::Nothing("Rooms and numbers"), OnExport::Nothing("Rooms and numbers")),
    Table::booked("journal_floor", &[], OnErase::Nothing("Rooms and numbers"), OnExport::Nothing("Rooms and numbers")),
    Table::booked("reader", &[], OnErase::Nothing("positions of the machine's readers"), OnExport::Nothing("positions of readers")),
    Table::booked("form_key", &["author"], OnErase::Delete, OnExport::Nothing("digests of forms, kept a week")),
    Table::booked("setting", &[], OnErase::Nothing("the site's own settings"), OnExport::Nothing("the site's own settings")),
    Table::booked("migration", &[], OnErase::Nothing("the schema's history"), OnExport::Nothing("the schema's history")),
];

/// The table that a statement changes; `None` when it only reads.
pub(super) fn changed_by(sql: &str) -> Option<&str> {
    let mut words = sql.split_whitespace();
    let table = match words.next()?.to_ascii_uppercase().as_str() {
        "INSERT" | "DELETE" => words.nth(1)?,
        "UPDATE" => words.next()?,
        "WITH" => return sql.find("INSERT INTO").or_else(|| sql.find("UPDATE ")).and_then(|at| changed_by(&sql[at..])),
        _ => return None,
    };
    Some(table.split('(').next().unwrap_or(table))
}

#[cfg(test)]
mod tests {
    use super::changed_by;

    #[test]
    fn the_changed_table_is_read_off_the_statement() {
        assert_eq!(changed_by("INSERT INTO post (a) VALUES ($1)"), Some("post"));
        assert_eq!(changed_by("insert into post(a) values ($1)"), Some("post"));
        assert_eq!(changed_by("\n  UPDATE topic SET a = 1"), Some("topic"));
        assert_eq!(changed_by("DELETE FROM session WHERE id = $1"), Some("session"));
        assert_eq!(changed_by("SELECT 1"), None);
        assert_eq!(changed_by("WITH a AS (SELECT 1) INSERT INTO post SELECT * FROM a"), Some("post"));
    }
}
